"use strict";
// A form is sent once; what was refused or done is brought into sight.
(() => {
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", () => {
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }), 0);
  }));
  window.addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; }));
  document.querySelector(".refusal[role=alert], .done[role=status]")?.scrollIntoView({ block: "center" });
  document.querySelector(".address")?.addEventListener("focus", (event) => event.target.select());
})();
