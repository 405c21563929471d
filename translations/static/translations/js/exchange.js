// Adds a link to the page's translation files to the head of the translation editor, whose template has no place for it.
(() => {
    const { label, url } = document.currentScript.dataset;
    const add = () => {
        const place = document.querySelector('.header-meta--locales');
        const page = window.location.pathname.match(/\/pages\/(\d+)\/edit\//);
        if (!place || !page || !document.querySelector('.js-translation-editor')) {
            return;
        }
        const link = document.createElement('a');
        link.href = url.replace('/0/', `/${page[1]}/`);
        link.textContent = label;
        link.className = 'diwan-files';
        place.append(link);
    };
    // The admin loads the scripts of a page before its content.
    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', add);
    } else {
        add();
    }
})();
