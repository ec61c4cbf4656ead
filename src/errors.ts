/**
 * What can go wrong at the doors, once, in English: the command line prints these, the page's catalogues translate them by code.
 * An error says what was wrong, where, with the numbers, and what to do. `{name}` is filled from the parameters.
 */
export const errorTexts = {
  // data
  fileEnding: 'The file {file} cannot be opened: its ending is none of {endings}. Save it in one of these formats.',
  fileEmpty: 'The file {file} is empty (0 bytes). Choose a file with texts in it.',
  fileTooLarge: 'The text file {file} has {bytes} bytes; at most {limit} can be read. Split it into smaller files.',
  fileBinary:
    'The file {file} is not text: it looks like {kind}. Give it its true ending, or save its texts as CSV or plain text.',
  fileNul: 'The file {file} is not text: line {line} has a NUL character. If it is UTF-16, save it as UTF-8.',
  fileNotZip: 'The file {file} is not a zip archive, as its ending says. Give it its true ending.',
  fileOtherKind:
    'The file {file} is not a zip archive, as its ending says (it looks like: {kind}). Give it its true ending.',
  textInvalidUtf8:
    'The file {file} is not valid UTF-8 at byte {offset}, in line {line}. Save it as UTF-8 and open it again.',
  textInvalidUtf16: 'The file {file} is not valid UTF-16. Save it as UTF-8 and open it again.',
  noTexts: 'There are no texts in {file}. Choose a file with at least one.',
  csvRagged:
    'In {file}, row {row} has {found} cells; the first row has {expected}. Put cells that contain the delimiter ({delimiter}) in quotes.',
  csvQuote:
    'In {file}, a quoted cell in row {row} is not closed properly. Double the quotes inside it, and end it with one.',
  rowTooLong:
    'In {file}, row {row} has more than {limit} characters. Give each text its own line, and close every quote that is opened.',
  rowsTooMany:
    'The file {file} has more than {limit} rows, which is more than can be shown. Take its first rows, a sample, or a filter of them.',
  noRowsPass: 'No row of {file} has what is asked of its column “{column}” ({value}). Ask for something else.',
  tableTooLarge:
    'The table in {file} has {rows} rows of {columns} columns, most of them empty: more than can be held. Give all rows the same columns.',
  columnMissing: 'There is no column “{column}” in {file}. Its columns: {columns}.',
  vectorMissing: 'In {file}, row {place} has no vector (an array of numbers). Give every row one, or none.',
  vectorLength:
    'In {file}, the vector of row {place} has {found} numbers; the first has {expected}. Give all the same length.',
  vectorNumber:
    'In {file}, row {place}, column {column} of the vectors holds {cell}, which is not a finite 32-bit number. Correct it, or leave the row out.',
  positionNumber:
    'In {file}, row {place}, column {column} of the positions holds {cell}, which is not a finite 32-bit number. Correct it, or leave the row out.',
  positionDims: 'The positions in {file} have {found} numbers each; 2 or 3 were expected.',
  jsonSyntax: 'The file {file} is not valid JSON: line {line}, column {column}, at “{near}”. Correct it there.',
  jsonShape:
    'The JSON in {file} is {found}. An array of texts, of objects or of vectors, an object of vectors by word, or an export of Constela was expected.',
  jsonEntry:
    'In {file}, entry {entry} is {found}; the first entry is of another kind. Use texts only, or objects only.',
  jsonItem: 'In {file}, item {entry} is {found}. An object with a “text” was expected.',
  jsonVersion:
    'The file {file} was written in version {found} of the format; only version {known} is known. Update Constela.',
  zipDamaged: 'The archive {file} is damaged ({reason}). Get it again.',
  zipTooLarge: 'The archive {file} would unpack to at least {bytes} bytes; at most {limit} can be read.',
  zipChecksum:
    'In the archive {file}, {entry} is damaged: its checksum (CRC-32) is not the one that was noted. Get the archive again.',
  zipEncrypted: 'In the archive {file}, {entry} has a password. Unpack the archive yourself, and open what is in it.',
  zipDisks: 'The archive {file} is one part of several. Put them together, and open the whole.',
  zipContent: 'The archive {file} holds neither NumPy arrays nor tensors.tsv (it holds: {names}).',
  capsuleNone: 'The file {file} is no capsule of Constela: it holds no manifest of one. Give it its true ending.',
  capsuleNewer:
    'The capsule {file} was written in version {found} of the format; versions up to {known} are known. Update Constela.',
  capsulePart: 'The capsule {file} lacks {missing}. Get it again.',
  capsuleSettings:
    'The settings in the capsule {name} are damaged ({where}). Take settings.json out of it, a zip, to open the rest.',
  gzipDamaged: 'The gzip file {file} is damaged ({reason}). Pack it again.',
  gzipTooLarge:
    'The gzip file {file} has {packed} bytes and unpacks to more than {limit}, which is refused. Unpack it yourself if you trust it, and open what is in it.',
  wordVectorsHead:
    'The file {file} does not begin with the line “count dimensions” of word2vec’s binary format. Give it its true ending.',
  wordVectorsShort:
    'The file {file} says that it holds {rows} words of {dim} dimensions, for which it needs at least {expected} bytes; it has {found}. Fetch it again.',
  wordVectorsCount:
    'The first line of {file} says that {expected} words follow; {found} do. Correct it, or fetch it again.',
  wordVectorsWord: 'In {file}, word {place} is not valid UTF-8. Save the vectors again with UTF-8.',
  matrixShape:
    'The NumPy array {file} holds {kind} of the shape {shape}; numbers of rows x dimensions were expected. Save such a matrix.',
  labelsRows:
    'The vectors in {file} have {rows} rows, and {labels} has {found} texts. They must be as many, in the same order.',
  parquetDamaged: 'The Parquet file {file} cannot be read ({reason}). Write it again, or open it as CSV or JSON.',
  arrowDamaged: 'The Arrow file {file} cannot be read ({reason}). Write it again, or open it as Parquet, CSV or JSON.',
  xlsxNone: 'The file {file} is no Excel workbook: it holds none. Give it its true ending, or save it as .xlsx.',
  xlsxLocked: 'The file {file} is an old Excel file (.xls) or has a password. Save it as .xlsx without one, or as CSV.',
  xlsxDamaged: 'The Excel workbook {file} is damaged in {part} ({reason}). Save it again, or save it as CSV.',
  xlsxNoTexts: 'No sheet of {file} has a text (its sheets: {sheets}). Choose a file with at least one.',
  sheetMissing: 'There is no sheet “{sheet}” in {file}. Its sheets: {sheets}.',
  xlsxTooLarge:
    'The sheet “{sheet}” of {file} has {rows} rows of {columns} columns, more than can be held. Save fewer columns or rows.',
  parquetTooLarge:
    'The Parquet file {file} says that it has {rows} rows of {columns} columns, more than can be held. Write fewer columns or rows.',
  npyHeader: 'The header of the NumPy array {file} is damaged. Save it again with numpy.save or numpy.savez.',
  npyObject:
    'The NumPy array {file} holds Python objects (pickles), which are never loaded. Save texts with dtype str, numbers as float32.',
  npyType: 'The NumPy array {file} has the type {type}; numbers (f2, f4, f8, integers) and unicode texts can be read.',
  npyTruncated: 'The NumPy array {file} has {found} bytes of data; its shape needs {expected}. Get the file again.',
  npyText: 'The NumPy array {file} holds {code}, which is no Unicode character. Save it again.',
  npyTextsTooLong:
    'NumPy keeps all texts as wide as the longest: {longest} characters would take {bytes} bytes, more than {limit}. Export as JSON or CSV.',
  npzTexts:
    'The archive {file} has neither an array “texts” of unicode texts nor one array of vectors (it has: {arrays}). Add them: numpy.savez(file, texts=..., vectors=...).',
  npzRows: 'In {file}, the array “{array}” has {found} rows; “texts” has {expected}. They must be the same.',
  npzColumns: 'In {file}, row {row} of the array “columns_json” is {found}, not a JSON object.',
  projectorMissing: 'The archive {file} lacks {missing}. A Projector bundle needs its tensors and its metadata.',
  projectorRows: 'In {file}, the tensors have {tensors} rows and the metadata {metadata}. They must be the same.',
  projectorConfig: 'The {config} of {file} is not valid JSON. Correct it, or leave it out.',
  projectorShape:
    'The tensors {file} are raw numbers, of which the bundle’s projector_config.json tells the shape. Open them together with it.',
  projectorBytes:
    'The tensors {file} have {found} bytes, which do not fit the shape {shape} of the configuration (4 bytes a number).',
  projectorNeedsVectors: 'The Embedding Projector needs vectors, and these texts have none yet. Embed them first.',
  projectorDims: 'The Embedding Projector needs vectors of at least 2 dimensions; these have {found}.',
  exportEmpty: 'There is nothing to export: the collection has no texts. Add some first.',
  exportTooLarge:
    'The file would have {bytes} bytes or more; a zip archive, as this format is one, holds at most {limit}. Take another format.',
  exportNeedsVectors: 'These texts have no vectors yet. Embed them first, or export without vectors.',
  cloudNeedsPositions: 'These texts are not all on the map yet, so there is no cloud to write. Run the layout first.',
  webPageTooMany:
    'A web page holds at most {limit} texts, and these are {found}. Select some of them, or take a capsule (.constela).',
  webPageNeedsMap:
    'Not all of these texts have a place on a map, which a web page shows. Lay them out first (constela map IN --out OUT.html does both).',
  exportNeedsNeighbours:
    'This format is made of the neighbours of the texts, and these texts have no vectors. Embed them first.',
  exportEnding: 'The file {file} cannot be written: its ending is none of {endings}.',
  // embedding
  modelUnknown: 'There is no model called “{id}”. Known models: {known}.',
  modelGone:
    'The model {id} is not here: it was opened from a folder or a zip. Its map and texts are as they were; neighbours, search and new texts need it. Open it again (on the command line: --model PATH), or choose another model.',
  modelFileMissing:
    'The file {file} of the model {model} is missing. Install the models again, or choose another model.',
  modelFileSize:
    'The file {file} of the model {model} has {got} bytes; {expected} were expected. Fetch it again, or choose another model.',
  modelFileChanged:
    'The file {file} of the model {model} is not the one that was checked: its sha256 is {got}, not {expected}. Fetch it again, or choose another model.',
  modelOutputMissing: 'The model {model} gives no usable “{output}” (it gives: {got}). Choose another model.',
  modelInsideMissing:
    'The file {file} of the model {model} has no output “{output}”, so this cannot be looked at. Choose a bundled model, or make the file anew with attentions and hidden states (a script in models/recipes makes it).',
  adapterLayer:
    'An adapter is applied to the vectors of the last layer, so --adapter and --layer {layer} do not go together. Leave one of them out.',
  layerUnknown: 'The model {model} has no layer {layer}. Give one from 0 (the embedding layer) to {layers} (the last).',
  modelInputUnknown:
    'The model {model} asks for an input called “{input}”, which Constela cannot give. Choose another model.',
  tokenizerFailed:
    'The tokenizer of the model {model} gave no token ids. Fetch its files again, or choose another model.',
  canaryTokens:
    'The model {model} cuts “{text}” into other tokens than it should, so its vectors would be wrong. Choose another model.',
  canaryVectors:
    'The model {model} gives a wrong vector for “{text}” on this device: cosine {cosine} with the reference, at least {minimum} expected. Choose another device or model.',
  tokenizerUnusable:
    'The tokenizer of the model {model} cannot be used ({reason}). Its tokenizer.json and tokenizer_config.json must be those that were saved with the model: get them again.',
  weightsUnusable:
    'The weights {file} of the model {model} cannot be run ({reason}). They have {bytes} bytes, and may be cut short: get them again.',
  ownNone:
    'There is no model in {name} (it holds: {found}). A model has config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx, at the top or in one folder: choose that folder, or a zip of it.',
  ownFileMissing: 'The model {model} lacks {file} (it has: {found}). Put the file there, and open the model again.',
  ownFilesMany:
    '{name} holds at least {found} files; at most {limit} are looked through. Choose the folder of the model itself.',
  ownFilesLarge:
    'The files of the model in {name} have {found} MB; at most {limit} MB can be opened. Choose a smaller model, or one with compressed weights.',
  ownFileName:
    'The archive {name} names a file “{file}”, which leads out of it. Nothing of it was opened: pack the model’s folder anew.',
  ownUnreadable:
    'The file {file} of the model {model} cannot be read ({reason}). If it was moved or changed, open the model again.',
  ownJson: 'The file {file} of the model {model} is not valid JSON ({reason}). Get it again.',
  ownConfig:
    'In {file} of the model {model}, {field} is {found}; a whole number from 1 to {most} was expected. Get the file again.',
  ownOnnx:
    'The weights {file} of the model {model} are no whole ONNX file ({reason}; {bytes} bytes in all). They may be cut short: get them again.',
  ownExternal:
    'The weights {file} of the model {model} keep {count} of their tensors in another file ({location}), which is never opened. Save all as one file: onnx.save(onnx.load(PATH), PATH).',
  ownInput:
    'The weights {file} of the model {model} ask for an input “{input}”, which Constela cannot give (their inputs: {found}). Export the model with input_ids, attention_mask and token_type_ids at most.',
  ownInputMissing:
    'The weights {file} of the model {model} have no input “{input}” (their inputs: {found}), so they are of no text model. Export the model for feature extraction.',
  ownType:
    'In the weights {file} of the model {model}, {value} is of the type {type}; {expected} was expected. Export the model anew.',
  ownOutput:
    'The weights {file} of the model {model} have no output “{output}” (their outputs: {found}). Export the model for feature extraction, without a head.',
  ownPooling:
    'The model {model} was trained for another pooling ({pooling}) than mean or cls, so its vectors would be wrong here. Choose another model.',
  ownModule:
    'The model {model} changes its vectors after pooling ({module}), which Constela does not do, so they would be wrong here. Choose another model.',
  ownDimensions:
    'The config.json of the model {model} says {expected} dimensions, and its weights give {got}. They belong to different models: get both again.',
  ownTokenizerIds:
    'The tokenizer of the model {model} gives ids up to {largest}; its weights know 0 to {last}. It is another model’s tokenizer: use the one that was saved with these weights.',
  ownNotFinite:
    'The model {model} gives a vector for “{text}” whose dimension {dimension} is not a finite number. Its weights are damaged: get them again.',
  ownRun:
    'The model {model} failed on a text of {tokens} tokens ({reason}). Get its files again; if config.json promises more tokens than it has positions for, correct it there.',
  ownTime:
    'The model {model} was given up after {seconds} seconds without an answer. The model in use is as it was. Choose a smaller one.',
  ownDied:
    'The model {model} stopped the worker that tried it, perhaps for lack of memory. The model in use is as it was. Choose a smaller one.',
  ownTwice:
    'There is a model {model} already, of the same weights but with other files. Remove that one, or rename the folder.',
  promptWithoutText:
    'The prompt “{prompt}” has no {text} in it, so every text would get the same vector. Put {text} where the text belongs.',
  // engine
  spaceUnknown: 'The space “{space}” holds no texts yet. Embed the texts first.',
  itemUnknown: 'The text with the id {item} is not in this space. Embed it first.',
  dimensionMismatch: 'These vectors have {got} dimensions; the space has {expected}. Choose the model that made them.',
  importedText:
    'The vectors here come from {file}, and no model here made them, so “{text}” can have none. Choose a model: it embeds all texts anew.',
  importedLost:
    'This page does not have the vectors of {file} any more (texts without one: {count}), and no model here made them. Open the file again, or choose a model; the map stays as it is.',
  importedModel:
    'The vectors here come from {file}, and no model here made them: what needs the model is off. Choose a model: it embeds all texts anew.',
  // projection
  projectionOptionRange: 'The projection option {name} is {value}. Give a number from {min} to {max}.',
  projectionOptionWhole: 'The projection option {name} is {value}. Give a whole number from {min} to {max}.',
  engineUnsupervised: 'The engine {engine} cannot be supervised. Choose {known}, or supervise nothing.',
  engineWithoutDensities: 'The engine {engine} cannot keep densities. Choose {known}, or a density weight of 0.',
  projectionVectorNotFinite:
    'Row {row} of {rows} has the value {value} in dimension {column}: only finite numbers can be laid out. Remove or replace that row.',
  // similarity
  formulaText:
    'At character {at} of “{formula}” a text is missing: give words, a text in double quotes, a group in braces, or a formula in brackets.',
  formulaOperator:
    'At character {at} of “{formula}” a plus, a minus or the end is expected. Put a text with such characters in double quotes.',
  formulaGroupEnd:
    'At character {at} of “{formula}” a comma or a closing brace is expected, for the group that begins at character {opened}.',
  formulaBracketEnd:
    'At character {at} of “{formula}” a closing bracket is expected, for the one that opens at character {opened}.',
  formulaQuoteEnd: 'The quote at character {at} of “{formula}” is not closed. Put another one where its text ends.',
  formulaWeight:
    'The weight at character {at} of “{formula}” is out of range. Give a number from {min} to {max}, or put the text in double quotes.',
  formulaDeep: 'At character {at} of “{formula}” brackets stand in more than {max} others. Use fewer.',
  formulaArrow: 'At character {at} of “{formula}” an arrow is one too many: a formula has none, and an axis has one.',
  axisArrow: 'At character {at} of “{formula}” an arrow (->) is missing: an axis goes from one end to the other.',
  formulaCancels:
    'Nothing is left of the sum that has a direction: the texts cancel each other out, or their vectors are zeros. Leave one out, or change a weight.',
  axisEndsCoincide:
    'The ends of the axis “{axis}” are the same for this model, so it has no direction. Choose ends that differ in meaning.',
  wordSetsShape:
    'In {file}, “{key}” is or holds {found}, where an array of texts was expected. Give an object with such arrays as X, Y, A and B.',
  wordSetSmall:
    'The set {set} has too few words ({found}). Give at least {fewest}; from {better} on the result begins to tell something.',
  wordSetLarge: 'The set {set} has {found} words; at most {most} can be tested. Leave some out.',
  wordSetShared: 'The text “{word}” is in both {a} and {b}, which should differ. Take it out of one of them.',
  templateWithoutWord: 'The template “{template}” has no {word} in it. Put {word} where the word belongs.',
  pairsUneven:
    'A has {a} words and B has {b}, so they make no pairs. Give both as many, in the same order, or take the means.',
  // tuning
  tuningNoPairs:
    'There are no pairs to train on. Mark two selected texts as alike or unlike, draw pairs from groups, or import some.',
  tuningOnlyUnlike: 'No pair is alike, of {pairs}. Give some alike pairs too: training needs both kinds.',
  tuningAllAlike:
    'Alike pairs ({pairs}) join all {texts} texts, so none can be told apart. Give some unlike pairs, or alike pairs of other texts.',
  pairsNone: 'There are no pairs in {file}. Give lines of two texts and 1 (alike) or 0 (unlike).',
  pairsHeader:
    'In {file}, line {line} neither names the columns a, b and alike nor is a pair: its cells are {cells}. Give two texts and 0 or 1.',
  pairsCells:
    'In {file}, line {line} has {found} cells; the first line has {expected}. Put texts with the delimiter in them in quotes.',
  pairsMark: 'In {file}, line {line}, alike is “{cell}”. Give 1 for alike or 0 for unlike.',
  pairsText: 'In {file}, line {line} lacks a text. Give two, or leave the line out.',
  safetensorsHeader: 'The file {file} is no safetensors file, or its header is damaged. Get it again.',
  safetensorsType: 'In {file}, the tensor {tensor} has the type {type}; {known} can be read. Save it as one of these.',
  safetensorsTensor:
    'In {file}, the tensor {tensor} ({type}, {shape}) does not fit its place, bytes {from} to {to}. Get the file again.',
  safetensorsBytes: 'The file {file} has {found} bytes; by its header there are {expected}. Get it again.',
  adapterTensor:
    'The file {file} has no square matrix {tensor} (it has: {found}). Choose an adapter that Constela saved.',
  adapterNumber: 'In {file}, row {row}, column {column} of the matrix is not a finite number. Train the adapter again.',
  adapterUnnamed:
    'The adapter {file} does not say which model and prompt it was trained for (base_model, base_model_sha256, prompt), so it cannot be applied.',
  adapterModel: 'The adapter {file} was trained for {found}, not for {expected}. Choose the model that it belongs to.',
  adapterDimensions:
    'The adapter takes vectors of {got} dimensions; those of the model have {expected}. Choose its own model.',
  adapterUnknown:
    'The adapter of these vectors (sha256 {adapter}) is not here, so further texts cannot be embedded beside them. Open its file.',
  // storage
  storedCollectionDamaged:
    'The saved collection “{name}” cannot be read: its {where} is not what it should be. It was skipped, and the others are untouched. Open an export of it instead, or delete it.',
  hashingUnavailable:
    'This page was opened over plain HTTP, where browsers offer no SHA-256. Open it over HTTPS, or from localhost.',
  // workers
  modelUnreachable:
    'The file {file} of the model {model} could not be fetched ({reason}). Check that the page’s server is reachable, then try again.',
  workerDied:
    'The {worker} worker stopped, perhaps for lack of memory. It was started again: try once more, with fewer texts if it repeats.',
  simdMissing:
    'This browser has no WebAssembly SIMD, which the map and the models need. Use a browser of 2023 or later.',
  ownNotKept:
    'The model {model} could not be kept on this machine ({reason}). It stays for this visit; free some space, and try again.',
  // scene
  webglMissing:
    'This browser gives no WebGL2, so the map cannot be drawn; lists and neighbours still work. Switch hardware acceleration on, or use another browser.',
  positionNotFinite:
    'Row {row} of {rows} of the map (“{text}”) has the position {position}, which is not finite. Run the layout again.',
  pictureTooLarge:
    'A picture of {width} × {height} pixels is larger than this device can draw ({limit} a side). Choose a smaller scale than {scale}x.',
  pictureFailed: 'The picture of {width} × {height} pixels could not be made. Choose a smaller scale, and try again.',
  videoMissing: 'This browser records no WebM video. Use a current Chrome, Edge or Firefox, or take pictures instead.',
  videoFailed: 'The browser stopped recording the video ({reason}). Try again, with a smaller window if it repeats.',
  // cli
  verbMissing: 'Give a verb: {verbs}. See constela --help.',
  convertArguments: 'Give the files to read and, last, the one to write. See constela convert --help.',
  optionFormat: 'The file {file} has no place for what {option} asks for. Give it one of the endings {endings}.',
  neighboursWhose: 'Say whose neighbours: --of with a text, or --out with a file for those of all texts, not both.',
  optionNumber: 'The option {option} is “{value}”. Give a number from {min} to {max}.',
  optionWhole: 'The option {option} is “{value}”. Give a whole number from {min} to {max}.',
  groundUnknown: 'The option --on is “{value}”. Give one of {known}.',
  engineUnknown: 'There is no engine “{engine}”. Give one of {known}.',
  supervisionUnknown: 'The option --supervise is “{value}”. Give group, column:NAME with a column’s name, or none.',
  supervisionColumn:
    'No text in {file} has a value in a column called “{column}”. Columns with values: {columns}. Name one of them.',
  supervisionGroup: 'No text in {file} has a group, so none can supervise the map. Give column:NAME, or leave it out.',
  whereUnknown: 'The option --where is “{value}”. Give column=value, column~part, column>=number or column<=number.',
  textEmpty: 'The {option} is empty. Give a text.',
  inputMissing: 'There is no file {file}. Check its path.',
  inputFolder: '{file} is a folder. Give a file of texts.',
  inputUnreadable: 'The file {file} cannot be read ({reason}). Check its permissions.',
  inputsDiffer:
    'The vectors in {a} ({ofA}) and in {b} ({ofB}) do not share a space. Embed their texts together first, with constela embed.',
  inputOtherSpace:
    'The vectors in {file} were made otherwise ({found}) than --model and --prompt say. Leave these out, or make vectors anew with constela embed.',
  inputDimensions:
    'The vectors in {file} have {got} dimensions; the model {model} makes {expected}. Name the model that made them, or leave out --model and --prompt.',
  inputUnnamed:
    'The vectors in {file} do not say which model made them, so further texts cannot be embedded beside them. Name it with --model ({known}).',
  outputFolderMissing: 'The folder {folder} of the output {file} does not exist. Make it first, or choose another.',
  outputNotFile: 'The output {file} is there already and is no plain file. Choose another name.',
  outputFailed: 'The output {file} cannot be written ({reason}). Choose another place.',
  embedEnding: 'The output {file} does not end in .npz, the only format that embed writes. Choose such a name.',
  compareArguments:
    'Give two files with vectors, or one file and two --models, each with a --prompt at most, or one file and --layers or --adapter, with one model and one --prompt at most (given: files {files}, models {models}, prompts {prompts}).',
  compareLayers: 'Give two layers with a comma between them, such as --layers 0,6 (given: “{value}”).',
  compareSame:
    'Both views would be made by {model} with the prompt “{prompt}”, so they are the same. Give another model, prompt or layer.',
  viewVectorsMissing:
    'The file {file} has no vectors to compare with. Give one that has them, such as the .npz of constela embed.',
  compareDisjoint: 'There is no text that both {a} and {b} have. Give two sets of the same texts.',
  pairLine:
    'In {file}, line {line} is no pair of texts: cells between tabs {cells}, with text in them {texts}; 2 and 2 were expected. Correct that line.',
  similarityArguments: 'Give two texts (given: {found}), or --pairs with a file of two texts a line.',
  mapVectorsMissing:
    'The file {file} has no vectors, with which its map is compared. Give a map that constela map wrote as .npz, or as .json with --vectors.',
  mapPositionsMissing: 'The file {file} has no positions: it is no map. Give one that constela map wrote.',
  axesNothing: 'Give either --axis (once to three times) or --formula. See constela axes --help.',
  axesMany: 'The option --axis was given {found} times; at most {limit} axes can be shown together. Leave some out.',
  biasSets: 'Give either a file of word sets or --ready with the name of a test. See constela bias --help.',
  directionUnknown: 'The option --without is “{value}”. Give one of {known}.',
  biasReady: 'There is no ready test called “{id}”. Give one of {known}.',
  promptTwice: 'The prompt “{prompt}” was given twice. Give each once.',
  promptsFew:
    'There is only the prompt “{prompt}” of {model}, and nothing to compare it with. Give another --prompt, or several.',
  lossUnknown: 'The option --loss is “{value}”. Give one of {known}.',
  tuneEnding: 'The output {file} does not end in .safetensors or .onnx. Choose such a name.',
  tuneBase:
    'The vectors in {file} are those of an adapter or a layer; an adapter is trained on the model’s own. Leave them out, or embed the texts anew.',
  similarityBoth: 'Give either two texts or --pairs {file}, not both.',
  explainArguments: 'Give two texts (given: {found}), each in quotes where it has blanks.',
  mapSpaceUnknown:
    'The map {file} has no vectors and does not say which model made it, so no texts can be placed on it. Name the model with --model ({known}).',
  appendOption: 'The option {option} lays a map out anew, and --append does not move the map. Leave it out.',
  pageMissing:
    'The page is not built: there is no index.html in {folder}. Run npm run build in Constela’s folder, or name a built page’s folder in CONSTELA_PAGE.',
  // the page’s address
  askedElsewhere:
    'The address asks for {url}, which is not on this page’s own origin ({origin}); nothing is fetched from elsewhere. Download it, then open the file.',
  askedMissing: 'The file {file} that the address asks for could not be fetched ({reason}). Check its path.',
  askedTooLarge:
    'The file {file} that the address asks for has more than {limit} bytes, the most that is fetched. Download it, then open the file.',
  askedReadOnly:
    'Constela is open in another tab, and this one only reads, so {file} was not opened. Close the other tab, then load this one again.',
  linkTooLong:
    'A link holds at most {limit} characters, and this one has {found}. Take fewer texts, or a capsule (.constela) instead.',
  linkTooLarge:
    'A link holds at most {limit} bytes once unpacked, and this one has {bytes} or more. Take fewer texts, or a capsule (.constela) instead.',
  linkNewer: 'This link is of version {found}; versions up to {known} are known. Update Constela.',
  linkDamaged: 'The link is damaged or was cut on its way, so nothing was opened. Ask for it again.',
  linkReadOnly:
    'Constela is open in another tab, and this one only reads, so the link was not opened. Close the other tab, then load this one again.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorTexts;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a template; a name without a value stays as it is. */
export function fillTemplate(template: string, params: ErrorParams = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/** Something that the person gave, or the machine lacks: it is said, not debugged. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(fillTemplate(errorTexts[code], params));
  }
}

/** What a failure says of itself, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What `AbortSignal` rejects with, so that a cancelled request is told from a failed one. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
