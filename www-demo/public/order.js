// An order's page while the platform is working: it shows each callback as it comes.

const live = document.querySelector('#live');
if (live) {
  const { order, news } = live.dataset;
  // By its own address: a page that answers a form would send the form again.
  new EventSource(`${order}/news`).onmessage = ({ data }) => {
    if (data !== news) location.assign(order);
  };
}

for (const form of document.querySelectorAll('form[data-sure]')) {
  form.addEventListener('submit', (event) => {
    if (!confirm(form.dataset.sure)) event.preventDefault();
  });
}
