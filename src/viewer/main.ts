/** The script of a standalone page: reads the data that stands in the page, and shows it. It asks for nothing else. */
import { mount } from 'svelte';
import { pageDataId } from '../standalone';
import '../app/tokens.css';
import '../app/base.css';
import { ViewerMessages } from './messages';
import { readPage } from './readPage';
import Viewer from './Viewer.svelte';

const { documentElement, body } = document;
const data = readPage(document.getElementById(pageDataId)?.textContent ?? '');
body.replaceChildren();
if (data) mount(Viewer, { target: body, props: { data } });
else {
  const language = documentElement.lang === 'pt-BR' ? 'pt-BR' : 'en';
  const said = document.createElement('p');
  said.textContent = new ViewerMessages(language).t('damaged');
  said.setAttribute('role', 'alert');
  body.append(said);
}
