/* The desk works without this script: it chooses whole pages, keeps the filters, and moves the bar of a running job. */
(() => {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-desk-all]")) {
      for (const box of document.querySelectorAll('.desk-select input[name="pages"]')) box.checked = event.target.checked;
    }
  });

  // Listings are refreshed in place: what is submitted is what the address says now.
  document.addEventListener("submit", (event) => {
    const query = event.target.querySelector("[data-desk-query]");
    if (query) query.value = window.location.search.slice(1);
  });

  const job = document.querySelector("[data-desk-progress]");
  if (!job) return;
  const show = (name, text) => {
    job.querySelector(`[data-desk-${name}]`).textContent = text;
  };
  const follow = async () => {
    try {
      const response = await fetch(job.dataset.deskProgress, { headers: { Accept: "application/json" } });
      if (response.ok) {
        const told = await response.json();
        const bar = job.querySelector("[data-desk-bar]");
        if (told.total === null) bar.removeAttribute("value");
        else {
          bar.max = told.total || 1;
          bar.value = told.done;
        }
        show("state", told.label);
        show("count", told.count);
        if (told.is_over) {
          window.location.reload();
          return;
        }
      }
    } catch (error) {
      // The server may be restarting: ask again.
    }
    window.setTimeout(follow, 1000);
  };
  window.setTimeout(follow, 500);
})();
