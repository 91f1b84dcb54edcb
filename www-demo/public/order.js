// An order's page while the platform is working: it shows each callback as it comes.

const shown = document.querySelector('#live')?.dataset.news;
if (shown !== undefined) {
  new EventSource(`${location.pathname}/news`).onmessage = ({ data }) => {
    if (data !== shown) location.reload();
  };
}
