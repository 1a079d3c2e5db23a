// The page of the virtual printer: switches for its faults, and the papers it has cut, newest first.

const WORDS = {
  zh: {
    title: "虚拟打印机", paper: "纸张", none: "还没有打印小票", lost: "虚拟打印机没有运行",
    paper_out: "缺纸", paper_near: "纸将用完", cover_open: "开盖", error: "切刀卡住", offline: "脱机",
    mute: "不应答", lose_ack: "不回执",
  },
  en: {
    title: "Virtual printer", paper: "Paper", none: "No tickets printed yet", lost: "The virtual printer is not running",
    paper_out: "Paper out", paper_near: "Paper low", cover_open: "Cover open", error: "Knife jammed", offline: "Offline",
    mute: "Mute", lose_ack: "Lose receipts",
  },
};
const SWITCHES = ["paper_out", "paper_near", "cover_open", "error", "offline", "mute", "lose_ack"];
const words = navigator.language.startsWith("zh") ? WORDS.zh : WORDS.en;

const switches = document.getElementById("switches");
const papers = document.getElementById("papers");
const state = document.getElementById("state");
let shown = "";

function showFaults(faults) {
  for (const button of switches.children) {
    button.setAttribute("aria-pressed", String(faults[button.dataset.fault]));
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
  state.textContent = answer.errors.concat(answer.papers.length ? [] : [words.none]).join("\n");
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
  button.textContent = words[fault];
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    ask(fault === "paper_out" && !on ? "/reload" : "/fault", { [fault]: on });
  });
  switches.append(button);
}
ask("/state");
setInterval(() => ask("/state"), 1000);
