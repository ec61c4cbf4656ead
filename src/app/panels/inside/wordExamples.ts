/** Words of two senses, each in two sentences of either: user texts as any, so they are in their own language. */
export const wordExamples: readonly { readonly word: string; readonly texts: readonly string[] }[] = [
  {
    word: 'bank',
    texts: [
      'The bank raised its interest rates.',
      'I deposited money at the bank.',
      'We sat on the bank of the river.',
      'The river bank was muddy after the rain.',
    ],
  },
  {
    word: 'bat',
    texts: [
      'The bat flew out of the cave at night.',
      'A bat is a mammal with wings.',
      'He swung the bat and hit the ball.',
      'The player broke his wooden bat.',
    ],
  },
  {
    word: 'banco',
    texts: [
      'O banco aumentou os juros.',
      'Depositei dinheiro no banco.',
      'Sentamos no banco da praça.',
      'O banco de madeira do jardim quebrou.',
    ],
  },
  {
    word: 'manga',
    texts: [
      'Comi uma manga madura.',
      'A manga é uma fruta doce.',
      'A manga da camisa rasgou.',
      'Costurei a manga do casaco.',
    ],
  },
];
