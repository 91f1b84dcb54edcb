import { fork } from 'node:child_process'; import { once } from 'node:events';
const { Client } = await import('/tmp/wt/bench/pkg/node.mjs');
const { CODES, CREDENTIALS, SIZES } = await import('./bodies.js'); const { loopAsync, sideBySide } = await import('./rounds.js'); const { nodeCrypto } = await import('./contenders.js');
const server = fork(new URL('./server.js', import.meta.url)); server.send(SIZES.map(({ path, answer }) => [path, answer])); const [port] = await once(server, 'message');
const baseUrl=`http://127.0.0.1:${port}`; const size=SIZES[0]; const client=new Client({...CREDENTIALS,...CODES,baseUrl,rateLimit:false});
const body=nodeCrypto.seal(size.body,CREDENTIALS); const headers={'content-type':'application/json'};
const post=async(more={})=>(await fetch(baseUrl+size.path,{method:'POST',headers,body,...more}));
const f=await sideBySide([
 {name:'bare',run:loopAsync(async()=>(await post()).json())},
 {name:'signal',run:loopAsync(async()=>(await post({signal:new AbortController().signal,redirect:'manual'})).json())},
 {name:'signal+timer+ab',run:loopAsync(async()=>{const c=new AbortController(); const t=setTimeout(()=>c.abort(),10000); const r=new Uint8Array(await (await post({signal:c.signal,redirect:'manual'})).arrayBuffer()); clearTimeout(t); return r})},
 {name:'aigobo',run:loopAsync(()=>client.getOrderDetail(size.body))},
 {name:'aigobo maxRetries0',run:loopAsync(()=>client.getOrderDetail(size.body,{maxRetries:0}))},
],{rounds:31,sliceMs:20,warmUpMs:400});
for(const [k,v] of Object.entries(f)) console.log(k.padEnd(20),v.median.toFixed(0),v.least.toFixed(0),(v.median/f.bare.median).toFixed(2),(v.least/f.bare.least).toFixed(2)); server.kill();
