/** Words that say nothing of a subject: they never name a cluster. English and Portuguese, lower case, composed. */

const english = `
  a about above across after again against ago all almost along already also although always am among an and another any anyone
  anything are aren't around as at away back be became because become been before behind being below between both but by came
  can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each either else enough even ever
  every everyone everything few for from further gave get gets getting give given go goes going gone got had hadn't has hasn't have
  haven't having he her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it's its itself
  just kind least less let like little lot made make makes making many may maybe me might mine more most much must my myself near
  neither never no nobody none nor not nothing now of off often on once one ones only onto or other others our ours ourselves out
  over own part per perhaps put quite rather really said same saw say says see seen several shall she should shouldn't since so
  some someone something sometimes somewhat still such take taken than that that's the their theirs them themselves then there
  there's these they they're thing things this those though through thus to together too took toward towards under until up upon
  us use used uses using usually various very was wasn't way we we're well went were weren't what when where whether which while
  who whom whose why will with within without won't would wouldn't yes yet you you're your yours yourself yourselves
`;

const portuguese = `
  a à agora aí ainda além algo alguém algum alguma algumas alguns ali ante antes ao aonde aos apenas após aquela aquelas aquele
  aqueles aquilo aqui as às assim até através cada cá coisa coisas com como contra contudo cuja cujas cujo cujos da daquela daquele
  dar das de dela delas dele deles demais depois desde dessa dessas desse desses desta destas deste destes deve devem dia disse
  disso disto do dos durante e é ela elas ele eles em embora enquanto então entre era eram essa essas esse esses esta está estamos
  estão estar estas estava estavam este esteja estes esteve estive estou eu faz fazem fazer fez fica foi for fora foram fosse fossem
  fui há isso isto já lá lhe lhes logo mais mas me meio melhor menos mesma mesmas mesmo mesmos meu meus mim minha minhas muita
  muitas muito muitos na nada não nas nela nele nem nenhum nenhuma nessa nesse nesta neste ninguém no nos nós nossa nossas nosso
  nossos num numa nunca o onde os ou outra outras outro outros para parte pela pelas pelo pelos per perante pode podem pois por
  porém porque pouca poucas pouco poucos pôde qual quais qualquer quando quanto quase que quê quem se seja sejam sem sempre sendo
  ser será seria seu seus si sido só sob sobre somos sou sua suas tal tais também tanta tanto tão te tem têm temos tendo tenha tenho
  ter teu teus teve ti tinha tinham tive toda todas todavia todo todos trás tu tua tuas tudo um uma umas uns vai vários vão vem ver
  vez vezes vindo você vocês vos
`;

export const stopWords: ReadonlySet<string> = new Set(`${english} ${portuguese}`.trim().split(/\s+/));
