"""The LED strips over the windows (窗口条屏): what they say, in which bytes, and who keeps them right."""
