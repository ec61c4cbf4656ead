/** What can go wrong, in Brazilian Portuguese: one translation for each code of `errorTexts`, in its order. */
import type { ErrorCode } from '../../errors';

export const errorsPtBR: Readonly<Record<ErrorCode, string>> = {
  // data
  fileEnding:
    'Não é possível abrir o arquivo {file}: a extensão dele não é nenhuma destas: {endings}. Salve-o em um desses formatos.',
  fileEmpty: 'O arquivo {file} está vazio (0 bytes). Escolha um arquivo que contenha textos.',
  fileTooLarge:
    'O arquivo de texto {file} tem {bytes} bytes; o máximo que pode ser lido é {limit}. Divida-o em arquivos menores.',
  fileBinary:
    'O arquivo {file} não é texto: parece ser {kind}. Dê a ele a extensão correta ou salve os textos como CSV ou texto simples.',
  fileNul: 'O arquivo {file} não é texto: há um caractere NUL na linha {line}. Se for UTF-16, salve-o como UTF-8.',
  fileNotZip:
    'O arquivo {file} não é um arquivo zip, ao contrário do que indica a extensão. Dê a ele a extensão correta.',
  fileOtherKind:
    'O arquivo {file} não é um arquivo zip, ao contrário do que indica a extensão (parece ser: {kind}). Dê a ele a extensão correta.',
  textInvalidUtf8:
    'O arquivo {file} não é UTF-8 válido no byte {offset}, na linha {line}. Salve-o como UTF-8 e abra-o de novo.',
  textInvalidUtf16: 'O arquivo {file} não é UTF-16 válido. Salve-o como UTF-8 e abra-o de novo.',
  noTexts: 'Não há textos em {file}. Escolha um arquivo com pelo menos um.',
  csvRagged:
    'Em {file}, o número de células da linha {row} é {found}; o da primeira linha é {expected}. Coloque entre aspas as células que contêm o delimitador ({delimiter}).',
  csvQuote:
    'Em {file}, uma célula entre aspas na linha {row} não está fechada corretamente. Duplique as aspas dentro dela e termine-a com aspas.',
  rowTooLong:
    'Em {file}, a linha {row} tem mais de {limit} caracteres. Dê a cada texto sua própria linha e feche toda aspa que for aberta.',
  rowsTooMany:
    'O arquivo {file} tem mais de {limit} linhas, mais do que se pode mostrar. Pegue as primeiras linhas, uma amostra ou um filtro delas.',
  noRowsPass: 'Nenhuma linha de {file} tem o que se pede da coluna “{column}” ({value}). Peça outra coisa.',
  tableTooLarge:
    'A tabela em {file} tem {rows} linhas de {columns} colunas, quase todas vazias: mais do que cabe na memória. Dê as mesmas colunas a todas as linhas.',
  columnMissing: 'Não há coluna “{column}” em {file}. As colunas do arquivo são: {columns}.',
  vectorMissing:
    'Em {file}, a linha {place} não tem vetor (uma lista de números). Dê um vetor a todas as linhas ou a nenhuma.',
  vectorLength:
    'Em {file}, o vetor da linha {place} tem comprimento {found}; o primeiro tem {expected}. Dê a todos o mesmo comprimento.',
  vectorNumber:
    'Em {file}, na linha {place}, a coluna {column} dos vetores contém {cell}, que não é um número finito de 32 bits. Corrija o valor ou retire a linha.',
  positionNumber:
    'Em {file}, na linha {place}, a coluna {column} das posições contém {cell}, que não é um número finito de 32 bits. Corrija o valor ou retire a linha.',
  positionDims: 'O número de coordenadas de cada posição em {file} é {found}; o esperado era 2 ou 3.',
  jsonSyntax: 'O arquivo {file} não é JSON válido: linha {line}, coluna {column}, em “{near}”. Corrija-o nesse ponto.',
  jsonShape:
    'O JSON em {file} é {found}. O esperado era uma lista de textos, de objetos ou de vetores, um objeto de vetores por palavra ou uma exportação do Constela.',
  jsonEntry:
    'Em {file}, a entrada {entry} é {found}; a primeira entrada é de outro tipo. Use somente textos ou somente objetos.',
  jsonItem: 'Em {file}, o item {entry} é {found}. O esperado era um objeto com “text”.',
  jsonVersion:
    'O arquivo {file} foi gravado na versão {found} do formato; só a versão {known} é conhecida. Atualize o Constela.',
  zipDamaged: 'O arquivo compactado {file} está danificado ({reason}). Obtenha-o de novo.',
  zipTooLarge:
    'O arquivo compactado {file} ocuparia pelo menos {bytes} bytes depois de extraído; o máximo que pode ser lido é {limit}.',
  zipChecksum:
    'No arquivo compactado {file}, {entry} está danificado: sua soma de verificação (CRC-32) não é a anotada. Obtenha o arquivo de novo.',
  zipEncrypted:
    'No arquivo compactado {file}, {entry} tem senha. Descompacte o arquivo você mesmo e abra o que há nele.',
  zipDisks: 'O arquivo compactado {file} é uma de várias partes. Junte-as e abra o todo.',
  zipContent:
    'O arquivo compactado {file} não contém nem arrays do NumPy nem tensors.tsv (o conteúdo dele é: {names}).',
  capsuleNone:
    'O arquivo {file} não é uma cápsula do Constela: não contém o manifesto de uma. Dê a ele a extensão verdadeira.',
  capsuleNewer:
    'A cápsula {file} foi gravada na versão {found} do formato; conhecem-se as versões até {known}. Atualize o Constela.',
  capsulePart: 'Falta {missing} na cápsula {file}. Obtenha-a de novo.',
  capsuleSettings:
    'As configurações na cápsula {name} estão danificadas ({where}). Tire dela, que é um zip, o settings.json para abrir o resto.',
  gzipDamaged: 'O arquivo gzip {file} está danificado ({reason}). Compacte-o de novo.',
  gzipTooLarge:
    'O arquivo gzip {file} tem {packed} bytes e se descompacta em mais de {limit}, o que é recusado. Descompacte-o você mesmo, se confia nele, e abra o que há dentro.',
  wordVectorsHead:
    'O arquivo {file} não começa com a linha “quantidade dimensões” do formato binário do word2vec. Dê a ele a extensão verdadeira.',
  wordVectorsShort:
    'O arquivo {file} diz conter {rows} palavras de {dim} dimensões, para o que precisa de pelo menos {expected} bytes; ele tem {found}. Baixe-o de novo.',
  wordVectorsCount:
    'A primeira linha de {file} diz que seguem {expected} palavras; seguem {found}. Corrija-a ou baixe o arquivo de novo.',
  wordVectorsWord: 'Em {file}, a palavra {place} não é UTF-8 válido. Salve os vetores de novo em UTF-8.',
  matrixShape:
    'A matriz NumPy {file} contém {kind} com a forma {shape}; esperavam-se números de linhas x dimensões. Salve uma matriz assim.',
  labelsRows:
    'Os vetores em {file} têm {rows} linhas e {labels} tem {found} textos. Eles devem ser tantos quantas as linhas, na mesma ordem.',
  parquetDamaged: 'O arquivo Parquet {file} não pode ser lido ({reason}). Grave-o de novo ou abra-o como CSV ou JSON.',
  arrowDamaged:
    'O arquivo Arrow {file} não pode ser lido ({reason}). Grave-o de novo ou abra-o como Parquet, CSV ou JSON.',
  xlsxNone:
    'O arquivo {file} não é uma pasta de trabalho do Excel: não contém nenhuma. Dê a ele a extensão correta ou salve-o como .xlsx.',
  xlsxLocked:
    'O arquivo {file} é um arquivo antigo do Excel (.xls) ou tem senha. Salve-o como .xlsx sem senha, ou como CSV.',
  xlsxDamaged:
    'A pasta de trabalho do Excel {file} está danificada em {part} ({reason}). Salve-a de novo ou salve-a como CSV.',
  xlsxNoTexts:
    'Nenhuma planilha de {file} tem textos (as planilhas dele são: {sheets}). Escolha um arquivo com pelo menos um texto.',
  sheetMissing: 'Não há uma planilha “{sheet}” em {file}. As planilhas dele são: {sheets}.',
  xlsxTooLarge:
    'O número de linhas da planilha “{sheet}” de {file} é {rows}, e o de colunas é {columns}: mais do que cabe na memória. Salve menos colunas ou linhas.',
  parquetTooLarge:
    'O arquivo Parquet {file} diz ter {rows} linhas de {columns} colunas, mais do que cabe na memória. Grave menos colunas ou linhas.',
  npyHeader: 'O cabeçalho do array do NumPy {file} está danificado. Salve-o de novo com numpy.save ou numpy.savez.',
  npyObject:
    'O array do NumPy {file} contém objetos do Python (pickles), que nunca são carregados. Salve os textos com dtype str e os números como float32.',
  npyType: 'O array do NumPy {file} é do tipo {type}; podem ser lidos números (f2, f4, f8, inteiros) e textos Unicode.',
  npyTruncated:
    'O array do NumPy {file} tem {found} bytes de dados; o shape dele exige {expected}. Obtenha o arquivo de novo.',
  npyText: 'O array do NumPy {file} contém {code}, que não é um caractere Unicode. Salve-o de novo.',
  npyTextsTooLong:
    'O NumPy guarda todos os textos com a largura do mais longo: {longest} caracteres ocupariam {bytes} bytes, mais que {limit}. Exporte como JSON ou CSV.',
  npzTexts:
    'O arquivo compactado {file} não tem um array “texts” de textos Unicode nem um único array de vetores (ele tem: {arrays}). Acrescente-os: numpy.savez(file, texts=..., vectors=...).',
  npzRows:
    'Em {file}, o número de linhas do array “{array}” é {found}; o de “texts” é {expected}. Os dois devem ser iguais.',
  npzColumns: 'Em {file}, a linha {row} do array “columns_json” é {found}, e não um objeto JSON.',
  projectorMissing:
    'No arquivo compactado {file} falta {missing}. Um pacote do Projector precisa dos tensores e dos metadados.',
  projectorRows:
    'Em {file}, o número de linhas dos tensores é {tensors}, e o dos metadados, {metadata}. Os dois devem ser iguais.',
  projectorConfig: 'O {config} de {file} não é JSON válido. Corrija-o ou retire-o.',
  projectorShape:
    'Os tensores {file} são números sem formato; quem diz o shape é o projector_config.json do pacote. Abra-os junto com ele.',
  projectorBytes:
    'Os tensores {file} têm {found} bytes, o que não corresponde ao shape {shape} da configuração (4 bytes por número).',
  projectorNeedsVectors:
    'O Embedding Projector precisa de vetores, e estes textos ainda não têm nenhum. Gere os vetores primeiro.',
  projectorDims:
    'O Embedding Projector precisa de vetores de pelo menos 2 dimensões; o número de dimensões destes é {found}.',
  exportEmpty: 'Não há nada para exportar: a coleção não tem textos. Adicione alguns primeiro.',
  exportTooLarge:
    'O arquivo teria {bytes} bytes ou mais; um arquivo zip, como é este formato, contém no máximo {limit}. Escolha outro formato.',
  exportNeedsVectors: 'Estes textos ainda não têm vetores. Gere os vetores primeiro ou exporte sem eles.',
  cloudNeedsPositions:
    'Nem todos estes textos estão no mapa ainda, então não há nuvem para gravar. Calcule o mapa primeiro.',
  webPageTooMany:
    'Uma página da web comporta no máximo {limit} textos, e estes são {found}. Selecione alguns deles ou use uma cápsula (.constela).',
  webPageNeedsMap:
    'Nem todos estes textos têm lugar em um mapa, que é o que a página da web mostra. Calcule o mapa primeiro (constela map IN --out OUT.html faz os dois).',
  exportNeedsNeighbours:
    'Este formato é feito dos vizinhos dos textos, e estes textos não têm vetores. Gere os vetores primeiro.',
  exportEnding: 'Não é possível gravar o arquivo {file}: a extensão dele não é nenhuma destas: {endings}.',
  // embedding
  modelUnknown: 'Não há modelo chamado “{id}”. Modelos conhecidos: {known}.',
  modelGone:
    'O modelo {id} não está aqui: foi aberto de uma pasta ou de um zip. O mapa e os textos dele ficaram como estavam; vizinhos, busca e textos novos precisam dele. Abra-o de novo (na linha de comando: --model CAMINHO) ou escolha outro modelo.',
  modelFileMissing: 'Falta o arquivo {file} do modelo {model}. Instale os modelos de novo ou escolha outro modelo.',
  modelFileSize:
    'O arquivo {file} do modelo {model} tem {got} bytes; o esperado é {expected}. Baixe-o de novo ou escolha outro modelo.',
  modelFileChanged:
    'O arquivo {file} do modelo {model} não é o que foi verificado: o sha256 dele é {got}, e não {expected}. Baixe-o de novo ou escolha outro modelo.',
  modelOutputMissing:
    'O modelo {model} não fornece uma saída “{output}” utilizável (ele fornece: {got}). Escolha outro modelo.',
  modelInsideMissing:
    'O arquivo {file} do modelo {model} não tem a saída “{output}”, então não dá para olhar isto. Escolha um modelo incluído ou refaça o arquivo com atenções e estados ocultos (um script em models/recipes o faz).',
  adapterLayer:
    'Um adaptador se aplica aos vetores da última camada; --adapter e --layer {layer} não combinam. Deixe um deles de fora.',
  layerUnknown:
    'O modelo {model} não tem a camada {layer}. Dê uma de 0 (a camada de embeddings) a {layers} (a última).',
  modelInputUnknown:
    'O modelo {model} pede uma entrada chamada “{input}”, que o Constela não pode fornecer. Escolha outro modelo.',
  tokenizerFailed:
    'O tokenizador do modelo {model} não devolveu nenhum id de token. Baixe os arquivos dele de novo ou escolha outro modelo.',
  canaryTokens:
    'O modelo {model} não divide “{text}” nos tokens em que deveria, então os vetores dele estariam errados. Escolha outro modelo.',
  canaryVectors:
    'O modelo {model} gera um vetor errado para “{text}” neste dispositivo: o cosseno com a referência é {cosine}, e o mínimo esperado é {minimum}. Escolha outro dispositivo ou modelo.',
  tokenizerUnusable:
    'O tokenizador do modelo {model} não pode ser usado ({reason}). O tokenizer.json e o tokenizer_config.json têm de ser os que foram salvos com o modelo: obtenha-os de novo.',
  weightsUnusable:
    'Os pesos {file} do modelo {model} não podem ser executados ({reason}). Têm {bytes} bytes e podem estar cortados: obtenha-os de novo.',
  ownNone:
    'Não há modelo em {name} (contém: {found}). Um modelo tem config.json, tokenizer.json, tokenizer_config.json e onnx/model.onnx, na raiz ou em uma pasta: escolha essa pasta, ou um zip dela.',
  ownFileMissing: 'Falta {file} no modelo {model} (tem: {found}). Coloque o arquivo lá e abra o modelo de novo.',
  ownFilesMany:
    '{name} contém pelo menos {found} arquivos; no máximo {limit} são examinados. Escolha a pasta do próprio modelo.',
  ownFilesLarge:
    'Os arquivos do modelo em {name} têm {found} MB; no máximo {limit} MB podem ser abertos. Escolha um modelo menor, ou um com pesos comprimidos.',
  ownFileName:
    'O arquivo compactado {name} cita um arquivo “{file}”, que leva para fora dele. Nada dele foi aberto: compacte a pasta do modelo de novo.',
  ownUnreadable:
    'O arquivo {file} do modelo {model} não pode ser lido ({reason}). Se foi movido ou alterado, abra o modelo de novo.',
  ownJson: 'O arquivo {file} do modelo {model} não é JSON válido ({reason}). Obtenha-o de novo.',
  ownConfig:
    'Em {file} do modelo {model}, {field} é {found}; esperava-se um número inteiro de 1 a {most}. Obtenha o arquivo de novo.',
  ownOnnx:
    'Os pesos {file} do modelo {model} não são um arquivo ONNX inteiro ({reason}; {bytes} bytes ao todo). Podem estar cortados: obtenha-os de novo.',
  ownExternal:
    'Os pesos {file} do modelo {model} guardam {count} de seus tensores em outro arquivo ({location}), que nunca é aberto. Salve tudo em um só arquivo: onnx.save(onnx.load(CAMINHO), CAMINHO).',
  ownInput:
    'Os pesos {file} do modelo {model} pedem uma entrada “{input}”, que o Constela não tem como dar (entradas deles: {found}). Exporte o modelo com no máximo input_ids, attention_mask e token_type_ids.',
  ownInputMissing:
    'Os pesos {file} do modelo {model} não têm a entrada “{input}” (entradas deles: {found}); não são de um modelo de texto. Exporte o modelo para extração de atributos (feature extraction).',
  ownType:
    'Nos pesos {file} do modelo {model}, {value} é do tipo {type}; esperava-se {expected}. Exporte o modelo de novo.',
  ownOutput:
    'Os pesos {file} do modelo {model} não têm a saída “{output}” (saídas deles: {found}). Exporte o modelo para extração de atributos (feature extraction), sem cabeça.',
  ownPooling:
    'O modelo {model} foi treinado para outro pooling ({pooling}) que não mean nem cls; os vetores dele seriam errados aqui. Escolha outro modelo.',
  ownModule:
    'O modelo {model} altera os vetores depois do pooling ({module}), o que o Constela não faz; eles seriam errados aqui. Escolha outro modelo.',
  ownDimensions:
    'O config.json do modelo {model} diz {expected} dimensões, e os pesos dão {got}. São de modelos diferentes: obtenha os dois de novo.',
  ownTokenizerIds:
    'O tokenizador do modelo {model} dá ids até {largest}; os pesos conhecem de 0 a {last}. É o tokenizador de outro modelo: use o que foi salvo com estes pesos.',
  ownNotFinite:
    'O modelo {model} dá para “{text}” um vetor cuja dimensão {dimension} não é um número finito. Os pesos estão danificados: obtenha-os de novo.',
  ownRun:
    'O modelo {model} falhou em um texto de {tokens} tokens ({reason}). Obtenha os arquivos de novo; se o config.json promete mais tokens do que ele tem posições, corrija ali.',
  ownTime:
    'O modelo {model} foi abandonado depois de {seconds} segundos sem resposta. O modelo em uso ficou como estava. Escolha um menor.',
  ownDied:
    'O modelo {model} parou o worker que o testava, talvez por falta de memória. O modelo em uso ficou como estava. Escolha um menor.',
  ownTwice:
    'Já existe um modelo {model}, dos mesmos pesos mas com outros arquivos. Remova aquele, ou mude o nome da pasta.',
  promptWithoutText:
    'O prompt “{prompt}” não contém {text}, então todos os textos receberiam o mesmo vetor. Ponha {text} no lugar em que o texto deve entrar.',
  // engine
  spaceUnknown: 'O espaço “{space}” ainda não contém textos. Gere primeiro os vetores dos textos.',
  itemUnknown: 'O texto com o id {item} não está neste espaço. Gere primeiro o vetor dele.',
  dimensionMismatch:
    'O número de dimensões destes vetores é {got}; o do espaço é {expected}. Escolha o modelo que os gerou.',
  importedText:
    'Os vetores aqui vêm de {file} e nenhum modelo daqui os fez, então “{text}” não pode ter um. Escolha um modelo: ele calcula de novo os vetores de todos os textos.',
  importedLost:
    'Esta página não tem mais os vetores de {file} (textos sem vetor: {count}), e nenhum modelo daqui os fez. Abra o arquivo de novo ou escolha um modelo; o mapa fica como está.',
  importedModel:
    'Os vetores aqui vêm de {file} e nenhum modelo daqui os fez: o que precisa do modelo está desligado. Escolha um modelo: ele calcula de novo os vetores de todos os textos.',
  // projection
  projectionOptionRange: 'A opção de projeção {name} é {value}. Dê um número de {min} a {max}.',
  projectionOptionWhole: 'A opção de projeção {name} é {value}. Dê um número inteiro de {min} a {max}.',
  engineUnsupervised: 'O motor {engine} não pode ser supervisionado. Escolha {known} ou não supervisione nada.',
  engineWithoutDensities: 'O motor {engine} não pode manter densidades. Escolha {known} ou um peso de densidade 0.',
  projectionVectorNotFinite:
    'A linha {row} de {rows} tem o valor {value} na dimensão {column}: só números finitos podem ser projetados no mapa. Retire ou substitua essa linha.',
  // similarity
  formulaText:
    'No caractere {at} de “{formula}” falta um texto: dê palavras, um texto entre aspas, um grupo entre chaves ou uma fórmula entre parênteses.',
  formulaOperator:
    'No caractere {at} de “{formula}” o esperado era um mais, um menos ou o fim. Ponha entre aspas um texto com esses caracteres.',
  formulaGroupEnd:
    'No caractere {at} de “{formula}” o esperado era uma vírgula ou uma chave que fecha, para o grupo que começa no caractere {opened}.',
  formulaBracketEnd:
    'No caractere {at} de “{formula}” o esperado era um parêntese que fecha, para o que abre no caractere {opened}.',
  formulaQuoteEnd: 'As aspas no caractere {at} de “{formula}” não se fecham. Ponha outras onde o texto termina.',
  formulaWeight:
    'O peso no caractere {at} de “{formula}” está fora dos limites. Dê um número de {min} a {max}, ou ponha o texto entre aspas.',
  formulaDeep: 'No caractere {at} de “{formula}” há parênteses dentro de mais de {max} outros. Use menos.',
  formulaArrow: 'No caractere {at} de “{formula}” há uma seta a mais: uma fórmula não tem seta, e um eixo tem uma.',
  axisArrow: 'No caractere {at} de “{formula}” falta uma seta (->): um eixo vai de uma ponta à outra.',
  formulaCancels:
    'Nada sobra da soma que tenha direção: os textos se anulam, ou seus vetores são zeros. Omita um deles ou mude um peso.',
  axisEndsCoincide:
    'As pontas do eixo “{axis}” são iguais para este modelo, e ele não tem direção. Escolha pontas de sentidos diferentes.',
  wordSetsShape:
    'Em {file}, “{key}” é ou contém {found}; o esperado era uma lista de textos. Informe um objeto com listas assim em X, Y, A e B.',
  wordSetSmall:
    'O conjunto {set} tem poucas palavras ({found}). Dê pelo menos {fewest}; a partir de {better} o resultado começa a dizer algo.',
  wordSetLarge: 'O conjunto {set} tem {found} palavras; no máximo {most} podem ser testadas. Omita algumas.',
  wordSetShared: 'O texto “{word}” está tanto em {a} quanto em {b}, que devem diferir. Tire-o de um deles.',
  templateWithoutWord: 'O modelo de frase “{template}” não tem {word}. Ponha {word} no lugar da palavra.',
  pairsUneven:
    'A tem {a} palavras e B tem {b}, então não formam pares. Dê o mesmo número aos dois, na mesma ordem, ou use as médias.',
  // tuning
  tuningNoPairs:
    'Não há pares para treinar. Marque dois textos selecionados como parecidos ou diferentes, sorteie pares dos grupos ou importe alguns.',
  tuningOnlyUnlike: 'Nenhum par é parecido, de {pairs}. Dê também pares parecidos: o treino precisa dos dois tipos.',
  tuningAllAlike:
    'Pares parecidos ({pairs}) unem todos os {texts} textos, então nada pode ser separado. Dê alguns pares diferentes, ou pares parecidos de outros textos.',
  pairsNone: 'Não há pares em {file}. Dê linhas com dois textos e 1 (parecidos) ou 0 (diferentes).',
  pairsHeader:
    'Em {file}, a linha {line} não nomeia as colunas a, b e alike nem é um par: as células são {cells}. Dê dois textos e 0 ou 1.',
  pairsCells:
    'Em {file}, a linha {line} tem {found} células; a primeira linha tem {expected}. Ponha entre aspas os textos que contêm o separador.',
  pairsMark: 'Em {file}, linha {line}, alike é “{cell}”. Dê 1 para parecidos ou 0 para diferentes.',
  pairsText: 'Em {file}, falta um texto na linha {line}. Dê dois, ou tire a linha.',
  safetensorsHeader: 'O arquivo {file} não é um safetensors, ou o cabeçalho está danificado. Obtenha-o de novo.',
  safetensorsType: 'Em {file}, o tensor {tensor} tem o tipo {type}; {known} podem ser lidos. Salve-o como um deles.',
  safetensorsTensor:
    'Em {file}, o tensor {tensor} ({type}, {shape}) não cabe no seu lugar, bytes {from} a {to}. Obtenha o arquivo de novo.',
  safetensorsBytes: 'O arquivo {file} tem {found} bytes; pelo cabeçalho são {expected}. Obtenha-o de novo.',
  adapterTensor:
    'O arquivo {file} não tem uma matriz quadrada {tensor} (tem: {found}). Escolha um adaptador salvo pelo Constela.',
  adapterNumber:
    'Em {file}, linha {row}, coluna {column} da matriz não é um número finito. Treine o adaptador de novo.',
  adapterUnnamed:
    'O adaptador {file} não diz para qual modelo e prompt foi treinado (base_model, base_model_sha256, prompt), então não pode ser aplicado.',
  adapterModel:
    'O adaptador {file} foi treinado para {found}, não para {expected}. Escolha o modelo a que ele pertence.',
  adapterDimensions:
    'O adaptador recebe vetores de {got} dimensões; os do modelo têm {expected}. Escolha o modelo dele.',
  adapterUnknown:
    'O adaptador destes vetores (sha256 {adapter}) não está aqui, então outros textos não podem ser convertidos ao lado deles. Abra o arquivo dele.',
  // storage
  storedCollectionDamaged:
    'Não é possível ler a coleção salva “{name}”: o campo {where} dela não é o que deveria ser. Ela foi ignorada, e as outras estão intactas. Abra uma exportação dela ou exclua-a.',
  hashingUnavailable:
    'Esta página foi aberta por HTTP simples, em que os navegadores não oferecem SHA-256. Abra-a por HTTPS ou a partir de localhost.',
  // workers
  modelUnreachable:
    'Não foi possível baixar o arquivo {file} do modelo {model} ({reason}). Verifique se o servidor da página está acessível e tente de novo.',
  workerDied:
    'O worker {worker} parou, talvez por falta de memória. Ele foi reiniciado: tente mais uma vez e, se o problema se repetir, use menos textos.',
  simdMissing:
    'Este navegador não tem WebAssembly SIMD, de que o mapa e os modelos precisam. Use um navegador de 2023 ou mais novo.',
  ownNotKept:
    'O modelo {model} não pôde ser guardado nesta máquina ({reason}). Ele fica durante esta visita; libere espaço e tente de novo.',
  // scene
  webglMissing:
    'Este navegador não oferece WebGL2, então não é possível desenhar o mapa; as listas e os vizinhos continuam funcionando. Ative a aceleração de hardware ou use outro navegador.',
  positionNotFinite:
    'A linha {row} de {rows} do mapa (“{text}”) tem a posição {position}, que não é finita. Calcule o mapa de novo.',
  pictureTooLarge:
    'Uma imagem de {width} × {height} pixels é maior do que este dispositivo consegue desenhar ({limit} por lado). Escolha uma escala menor que {scale}x.',
  pictureFailed:
    'Não foi possível criar a imagem de {width} × {height} pixels. Escolha uma escala menor e tente de novo.',
  videoMissing: 'Este navegador não grava vídeo WebM. Use um Chrome, Edge ou Firefox atual, ou faça imagens.',
  videoFailed:
    'O navegador parou de gravar o vídeo ({reason}). Tente de novo, com uma janela menor se isso se repetir.',
  // cli
  verbMissing: 'Informe um verbo: {verbs}. Veja constela --help.',
  convertArguments: 'Informe os arquivos a ler e, por último, o que gravar. Veja constela convert --help.',
  optionFormat: 'O arquivo {file} não tem lugar para o que {option} pede. Dê a ele uma destas extensões: {endings}.',
  neighboursWhose:
    'Diga de quem são os vizinhos: --of com um texto, ou --out com um arquivo para os de todos os textos, não ambos.',
  optionNumber: 'A opção {option} é “{value}”. Dê um número de {min} a {max}.',
  optionWhole: 'A opção {option} é “{value}”. Dê um número inteiro de {min} a {max}.',
  groundUnknown: 'A opção --on é “{value}”. Informe um destes: {known}.',
  engineUnknown: 'Não há motor “{engine}”. Informe um destes: {known}.',
  supervisionUnknown: 'A opção --supervise é “{value}”. Informe group, column:NOME com o nome de uma coluna, ou none.',
  supervisionColumn:
    'Nenhum texto em {file} tem valor em uma coluna chamada “{column}”. Colunas com valores: {columns}. Indique uma delas.',
  supervisionGroup:
    'Nenhum texto em {file} tem grupo, então nenhum grupo pode supervisionar o mapa. Informe column:NOME ou omita a opção.',
  whereUnknown: 'A opção --where é “{value}”. Dê coluna=valor, coluna~parte, coluna>=número ou coluna<=número.',
  textEmpty: 'O valor de {option} está vazio. Informe um texto.',
  inputMissing: 'Não há arquivo {file}. Verifique o caminho.',
  inputFolder: '{file} é uma pasta. Informe um arquivo de textos.',
  inputUnreadable: 'Não é possível ler o arquivo {file} ({reason}). Verifique as permissões dele.',
  inputsDiffer:
    'Os vetores em {a} ({ofA}) e em {b} ({ofB}) não pertencem ao mesmo espaço. Gere primeiro os vetores dos textos em conjunto, com constela embed.',
  inputOtherSpace:
    'Os vetores em {file} foram gerados de outro modo ({found}), e não como --model e --prompt indicam. Omita essas opções ou gere novos vetores com constela embed.',
  inputDimensions:
    'O número de dimensões dos vetores em {file} é {got}; o dos que o modelo {model} gera é {expected}. Indique o modelo que os gerou ou omita --model e --prompt.',
  inputUnnamed:
    'Os vetores em {file} não dizem que modelo os gerou, então não é possível gerar vetores de outros textos para o mesmo espaço. Indique o modelo com --model ({known}).',
  outputFolderMissing: 'A pasta {folder} da saída {file} não existe. Crie-a primeiro ou escolha outra.',
  outputNotFile: 'A saída {file} já existe e não é um arquivo comum. Escolha outro nome.',
  outputFailed: 'Não é possível gravar a saída {file} ({reason}). Escolha outro lugar.',
  embedEnding:
    'A saída {file} não termina em .npz, o único formato que embed grava. Escolha um nome com essa extensão.',
  compareArguments:
    'Informe dois arquivos com vetores, ou um arquivo e dois --models, cada um com no máximo um --prompt, ou um arquivo e --layers ou --adapter, com no máximo um modelo e um --prompt (informados: arquivos {files}, modelos {models}, prompts {prompts}).',
  compareLayers: 'Informe duas camadas separadas por vírgula, como --layers 0,6 (informado: “{value}”).',
  compareSame:
    'As duas visões seriam feitas por {model} com o prompt “{prompt}”, logo são a mesma. Informe outro modelo, prompt ou camada.',
  viewVectorsMissing:
    'O arquivo {file} não tem vetores para comparar. Informe um que os tenha, como o .npz de constela embed.',
  compareDisjoint: 'Nenhum texto está tanto em {a} quanto em {b}. Informe dois conjuntos com os mesmos textos.',
  pairLine:
    'Em {file}, a linha {line} não é um par de textos: células entre tabulações: {cells}, das quais com texto: {texts}; o esperado era 2 e 2. Corrija essa linha.',
  similarityArguments: 'Informe dois textos (informados: {found}), ou --pairs com um arquivo de dois textos por linha.',
  mapVectorsMissing:
    'O arquivo {file} não tem vetores, com os quais o mapa é comparado. Informe um mapa que constela map gravou como .npz, ou como .json com --vectors.',
  mapPositionsMissing: 'O arquivo {file} não tem posições: não é um mapa. Informe um que constela map gravou.',
  axesNothing: 'Informe --axis (de uma a três vezes) ou --formula, mas não os dois. Veja constela axes --help.',
  axesMany: 'A opção --axis foi dada {found} vezes; no máximo {limit} eixos podem ser mostrados juntos. Omita alguns.',
  biasSets: 'Informe um arquivo de conjuntos de palavras ou --ready com o nome de um teste. Veja constela bias --help.',
  directionUnknown: 'A opção --without é “{value}”. Informe um destes: {known}.',
  biasReady: 'Não há teste pronto chamado “{id}”. Informe um destes: {known}.',
  promptTwice: 'O prompt “{prompt}” foi dado duas vezes. Dê cada um uma vez só.',
  promptsFew: 'Só há o prompt “{prompt}” de {model}, e nada com que o comparar. Dê outro --prompt, ou vários.',
  lossUnknown: 'A opção --loss é “{value}”. Dê uma destas: {known}.',
  tuneEnding: 'A saída {file} não termina em .safetensors nem em .onnx. Escolha um nome assim.',
  tuneBase:
    'Os vetores em {file} são de um adaptador ou de uma camada; um adaptador é treinado com os do próprio modelo. Deixe-os fora, ou converta os textos de novo.',
  similarityBoth: 'Informe dois textos ou --pairs {file}, mas não os dois.',
  explainArguments: 'Informe dois textos (informados: {found}), cada um entre aspas se tiver espaços.',
  mapSpaceUnknown:
    'O mapa {file} não tem vetores nem diz que modelo o gerou, então não é possível posicionar textos nele. Indique o modelo com --model ({known}).',
  appendOption: 'A opção {option} refaz o mapa, e --append não o move. Omita essa opção.',
  pageMissing:
    'A página não foi compilada: não há index.html em {folder}. Execute npm run build na pasta do Constela ou indique em CONSTELA_PAGE a pasta de uma página compilada.',
  // the page’s address
  askedElsewhere:
    'O endereço pede {url}, que não está na origem desta página ({origin}); nada é buscado em outro lugar. Baixe o arquivo e depois abra-o.',
  askedMissing: 'Não foi possível buscar o arquivo {file} que o endereço pede ({reason}). Verifique o caminho.',
  askedTooLarge:
    'O arquivo {file} que o endereço pede tem mais de {limit} bytes, o máximo que é buscado. Baixe-o e depois abra o arquivo.',
  askedReadOnly:
    'O Constela está aberto em outra aba, e esta apenas lê, então {file} não foi aberto. Feche a outra aba e recarregue esta.',
  linkTooLong:
    'Um link comporta no máximo {limit} caracteres, e este tem {found}. Leve menos textos ou use uma cápsula (.constela).',
  linkTooLarge:
    'Um link comporta no máximo {limit} bytes depois de descompactado, e este tem {bytes} ou mais. Leve menos textos ou use uma cápsula (.constela).',
  linkNewer: 'Este link é da versão {found}; são conhecidas versões até {known}. Atualize o Constela.',
  linkDamaged: 'O link está danificado ou foi cortado no caminho, então nada foi aberto. Peça-o de novo.',
  linkReadOnly:
    'O Constela está aberto em outra aba, e esta apenas lê, então o link não foi aberto. Feche a outra aba e recarregue esta.',
};
