const { SIZES, CREDENTIALS:KEYS } = await import('./bodies.js'); const { loop, sideBySide } = await import('./rounds.js');
const { seal, sign } = await import('/tmp/wt/bench/pkg/node.mjs'); const { nodeCrypto } = await import('./contenders.js');
for (const k of [0,1]) { const body=SIZES[k].body; const env=seal(body,KEYS);
const f=await sideBySide([{name:'seal',run:loop(()=>seal(body,KEYS))},{name:'seal+stringify',run:loop(()=>JSON.stringify(seal(body,KEYS)))},{name:'stringify env',run:loop(()=>JSON.stringify(env))},{name:'stringify body',run:loop(()=>JSON.stringify(body))},{name:'sign',run:loop(()=>sign(body,KEYS.md5SecretKey))},{name:'node',run:loop(()=>nodeCrypto.seal(body,KEYS))}],{rounds:31,sliceMs:10,warmUpMs:200});
for(const [n,v] of Object.entries(f)) console.log(k,n.padEnd(20),v.median.toFixed(2),v.least.toFixed(2)); }
