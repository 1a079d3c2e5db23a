// The page of the virtual printer: switches for its faults, and the papers it has cut, newest first.

const WORDS = {
  zh: {
    title: "虚拟打印机", paper: "纸张", none: "还没有打印小票", lost: "虚拟打印机没有运行",
    drawer: "钱箱打开 {n} 次",
    paper_out: "缺纸", paper_out_after_mm: "再印 {n} 毫米后缺纸", paper_near: "纸将用完", cover_open: "开盖",
    error: "切刀卡住", jam: "下次切纸时卡刀", offline: "脱机", power_off_after_bytes: "断电",
    power_off_after_mm: "再印 {n} 毫米后断电", power_off_after_cut: "切纸后断电，不回执", power_off: "断电时无声无息",
    mute: "不应答", lose_ack: "不回执", late_ack: "回执晚 {n} 秒", no_process_id: "不认识 GS ( H",
    stray: "多发状态字节", babble: "乱发字节", slow: "每秒只收 {n} 字节", full_buffer: "缓冲区满",
    half_open: "连得上但不收", one_client: "只接一个连接",
  },
  en: {
    title: "Virtual printer", paper: "Paper", none: "No tickets printed yet", lost: "The virtual printer is not running",
    drawer: "Drawer opened {n} times",
    paper_out: "Paper out", paper_out_after_mm: "Paper out in {n} mm", paper_near: "Paper low", cover_open: "Cover open",
    error: "Knife jammed", jam: "Knife jams at the next cut", offline: "Offline", power_off_after_bytes: "Power off",
    power_off_after_mm: "Power off in {n} mm", power_off_after_cut: "Power off after the cut, no receipt",
    power_off: "Silent when off",
    mute: "Mute", lose_ack: "Lose receipts", late_ack: "Receipts {n} s late", no_process_id: "No GS ( H",
    stray: "Stray status bytes", babble: "Babble", slow: "Read {n} bytes/s", full_buffer: "Buffer full",
    half_open: "Connect, never read", one_client: "One connection only",
  },
};
// Off and on of the faults that are more than a switch; the amounts are worth trying, and 0 bytes is at once.
const VALUES = {
  paper_out_after_mm: [null, 60], power_off_after_bytes: [null, 0], power_off_after_mm: [null, 60],
  power_off: ["rst", "silent"], late_ack: [null, 5], slow: [null, 100],
};
const SWITCHES = [
  "paper_out", "paper_out_after_mm", "paper_near", "cover_open", "error", "jam", "offline",
  "power_off_after_bytes", "power_off_after_mm", "power_off_after_cut", "power_off",
  "mute", "lose_ack", "late_ack", "no_process_id",
  "stray", "babble", "slow", "full_buffer", "half_open", "one_client",
];
const words = navigator.language.startsWith("zh") ? WORDS.zh : WORDS.en;

const switches = document.getElementById("switches");
const papers = document.getElementById("papers");
const state = document.getElementById("state");
let shown = "";

function say(name, n) {
  return words[name].replace("{n}", n);
}

function ends(fault) {
  return VALUES[fault] || [false, true];
}

function showFaults(faults) {
  for (const button of switches.children) {
    const fault = button.dataset.fault;
    const value = faults[fault];
    button.setAttribute("aria-pressed", String(value !== ends(fault)[0]));
    if (typeof value === "number") button.textContent = say(fault, value);
  }
}

function showPapers(names) {
  if (names.join() === shown) return;
  shown = names.join();
  papers.textContent = "";
  for (const name of names) {
    const figure = document.createElement("figure");
    const picture = document.createElement("img");
    const caption = document.createElement("figcaption");
    picture.src = `/papers/${name}.png`;
    picture.alt = `${words.paper} ${name}`;
    caption.textContent = name;
    figure.append(picture, caption);
    papers.append(figure);
  }
}

function show(answer) {
  showFaults(answer.faults);
  showPapers(answer.papers);
  const notes = answer.papers.length ? [] : [words.none];
  if (answer.pulses) notes.push(say("drawer", answer.pulses));
  state.textContent = answer.errors.concat(notes).join("\n");
}

async function ask(path, body) {
  const options = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  try {
    show(await (await fetch(path, options)).json());
  } catch (error) {
    state.textContent = words.lost;
  }
}

document.title = words.title;
document.documentElement.lang = words === WORDS.zh ? "zh-CN" : "en";
document.querySelector("h1").textContent = words.title;
for (const fault of SWITCHES) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.fault = fault;
  button.textContent = say(fault, ends(fault)[1]);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    ask(fault === "paper_out" && !on ? "/reload" : "/fault", { [fault]: ends(fault)[Number(on)] });
  });
  switches.append(button);
}
ask("/state");
setInterval(() => ask("/state"), 1000);
