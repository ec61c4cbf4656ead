/** The words of the standalone page, in both languages: it speaks the one of the page that wrote it, and carries no other. */
import { countFormat, valueFormat } from '../app/state/numberFormats';
import { fillTemplate, type ErrorParams } from '../errors';
import type { PageLanguage } from '../types';

const en = {
  damaged: 'This page is damaged: its data cannot be read. Export it again.',
  search: 'Search',
  searchHint: 'Search by spelling ( / )',
  texts: 'Texts',
  textCount: '{count} texts',
  textCountOne: '1 text',
  found: '{count} found',
  noMatch: 'No text is spelled like “{query}”.',
  foldList: 'Hide texts',
  unfoldList: 'Show texts',
  mapOf: 'Map of {count} texts',
  mapKeys:
    'Arrows walk from text to text, Enter selects, n and p go along the neighbours, plus and minus zoom, 0 shows all, Ctrl and arrows turn.',
  noCloud: 'The cloud cannot be drawn here: this browser has no WebGL2. List, search and neighbours work without it.',
  contextLost: 'The graphics card took the picture away. It comes back by itself.',
  resetView: 'Reset view',
  labels: 'Labels',
  legend: 'Legend',
  largestColoured: '{own} largest of {total} coloured, the rest grey.',
  smallerCategories: '{count} smaller ones',
  smallerCategoriesOne: '1 smaller one',
  noCategory: 'None',
  colourBy: 'Colour by',
  group: 'Group',
  columns: 'Columns',
  asCategories: '{column}, as categories',
  noValues: 'No text has a value here.',
  rampOf: 'Colours from {low} to {high}',
  withoutValue: '{count} without a value',
  withoutValueOne: '1 without a value',
  showCategory: 'Show “{name}” and dim the others, or take it back',
  showAll: 'Show all',
  selected: 'Selected text',
  selectedNow: 'Selected: {text}',
  close: 'Close',
  neighbours: 'Neighbours',
  noNeighbours: 'There is no other text.',
  neighboursNote: 'By the cosine of the vectors of {model}: from the model, not from the map.',
  neighboursNoteUnnamed: 'By the cosine of the vectors, not by the map.',
  recall: 'Among so many texts, {percent} of the true neighbours were found, as measured on a sample.',
  walkNeighbour: 'neighbour {rank} of {total}, similarity {cosine}',
  walkEnd: 'No text that way.',
  walkNoList: 'Select a text first.',
  about: 'A map by Constela, which needs no network.',
} as const;

type Key = keyof typeof en;

const ptBR: Readonly<Record<Key, string>> = {
  damaged: 'Esta página está danificada: não é possível ler seus dados. Exporte-a de novo.',
  search: 'Buscar',
  searchHint: 'Buscar pela grafia ( / )',
  texts: 'Textos',
  textCount: '{count} textos',
  textCountOne: '1 texto',
  found: '{count} encontrados',
  noMatch: 'Nenhum texto se escreve como “{query}”.',
  foldList: 'Ocultar textos',
  unfoldList: 'Mostrar textos',
  mapOf: 'Mapa de {count} textos',
  mapKeys:
    'As setas andam de texto em texto, Enter seleciona, n e p percorrem os vizinhos, mais e menos aproximam e afastam, 0 mostra tudo, Ctrl e setas giram.',
  noCloud:
    'Não é possível desenhar a nuvem aqui: este navegador não tem WebGL2. A lista, a busca e os vizinhos funcionam sem ela.',
  contextLost: 'A placa de vídeo retirou a imagem. Ela volta sozinha.',
  resetView: 'Redefinir vista',
  labels: 'Rótulos',
  legend: 'Legenda',
  largestColoured: '{own} maiores de {total} em cores, as demais em cinza.',
  smallerCategories: '{count} menores',
  smallerCategoriesOne: '1 menor',
  noCategory: 'Nenhuma',
  colourBy: 'Cor por',
  group: 'Grupo',
  columns: 'Colunas',
  asCategories: '{column}, como categorias',
  noValues: 'Nenhum texto tem valor aqui.',
  rampOf: 'Cores de {low} a {high}',
  withoutValue: '{count} sem valor',
  withoutValueOne: '1 sem valor',
  showCategory: 'Mostrar “{name}” e esmaecer as demais, ou voltar atrás',
  showAll: 'Mostrar tudo',
  selected: 'Texto selecionado',
  selectedNow: 'Selecionado: {text}',
  close: 'Fechar',
  neighbours: 'Vizinhos',
  noNeighbours: 'Não há outro texto.',
  neighboursNote: 'Pelo cosseno dos vetores de {model}: do modelo, não do mapa.',
  neighboursNoteUnnamed: 'Pelo cosseno dos vetores, não pelo mapa.',
  recall: 'Entre tantos textos, foram encontrados {percent} dos vizinhos verdadeiros, medidos em uma amostra.',
  walkNeighbour: 'vizinho {rank} de {total}, similaridade {cosine}',
  walkEnd: 'Nenhum texto nessa direção.',
  walkNoList: 'Selecione um texto antes.',
  about: 'Um mapa do Constela, que não precisa de rede.',
};

export const catalogues: Readonly<Record<PageLanguage, Readonly<Record<Key, string>>>> = { en, 'pt-BR': ptBR };

export class ViewerMessages {
  readonly #counts: Intl.NumberFormat;
  readonly #values: Intl.NumberFormat;

  constructor(readonly language: PageLanguage) {
    this.#counts = countFormat(language);
    this.#values = valueFormat(language);
  }

  /** The message called `key`, `{name}` filled from `params`, numbers grouped; where it counts one, its singular if there is one. */
  readonly t = (key: Key, params: ErrorParams = {}): string => {
    const words: Readonly<Record<string, string>> = catalogues[this.language];
    const one = params['count'] === 1 ? words[`${key}One`] : undefined;
    const shown = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? this.count(value) : value,
    ]);
    return fillTemplate(one ?? words[key] ?? '', Object.fromEntries(shown));
  };

  /** To three decimals: the same digits in every language, as on the large page. */
  readonly cosine = (value: number): string => value.toFixed(3);

  /** As on the large page. */
  readonly count = (count: number): string => this.#counts.format(count);

  readonly number = (value: number): string => this.#values.format(value);

  readonly percent = (share: number): string =>
    new Intl.NumberFormat(this.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
