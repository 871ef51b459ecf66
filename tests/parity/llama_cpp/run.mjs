// Runs the GGUF files of write.py in llama.cpp and says how far its logits are from the float64 reference:
//     npm install --no-save node-llama-cpp@3.21.1 && node run.mjs DIRECTORY
import fs from "node:fs";
import path from "node:path";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const directory = process.argv[2];
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error});
for (const file of fs.readdirSync(directory).filter(name => name.endsWith(".gguf")).sort()) {
    const expected = JSON.parse(fs.readFileSync(path.join(directory, file.replace(".gguf", ".json"))));
    const vocabulary = expected.logits.length / expected.ids.length;
    const model = await llama.loadModel({modelPath: path.join(directory, file)});
    let error = 0, norm = 0;
    for (let first = 0; first < expected.ids.length; first += expected.length) {
        const context = await model.createContext({contextSize: 64, flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32"});
        const ids = expected.ids.slice(first, first + expected.length);
        const outputs = await context.getSequence().controlledEvaluate(ids.map(id => [id, {generateNext: {logits: true}}]));
        outputs.forEach((output, position) => {
            const logits = output.next.logits;
            for (let token = 0; token < vocabulary; token++) {
                const reference = expected.logits[(first + position) * vocabulary + token];
                error += (logits.get(token) - reference) ** 2;
                norm += reference ** 2;
            }
        });
        await context.dispose();
    }
    console.log(`${file.replace(".gguf", "").padEnd(42)} relative error ${Math.sqrt(error / norm).toExponential(1)}`);
    await model.dispose();
}
