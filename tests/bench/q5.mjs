import { fork } from 'node:child_process'; import { once } from 'node:events';
const { Client } = await import('/tmp/wt/bench/pkg/node.mjs'); const {post}=await import('/tmp/wt/bench/pkg-template/exchange.js'); const {callersContext}=await import('/tmp/wt/bench/pkg-template/context.js');
const { CODES, CREDENTIALS, SIZES } = await import('./bodies.js'); const { loopAsync, sideBySide } = await import('./rounds.js'); const { nodeCrypto } = await import('./contenders.js');
const server = fork(new URL('./server.js', import.meta.url)); server.send(SIZES.map(({ path, answer }) => [path, answer])); const [port] = await once(server, 'message');
const baseUrl=`http://127.0.0.1:${port}`; const size=SIZES[0]; const client=new Client({...CREDENTIALS,...CODES,baseUrl,rateLimit:false});
const body=nodeCrypto.seal(size.body,CREDENTIALS); const headers={'content-type':'application/json'};
const f=await sideBySide([
 {name:'bare',run:loopAsync(async()=>(await fetch(baseUrl+size.path,{method:'POST',headers,body})).json())},
 {name:'bare2',run:loopAsync(async()=>(await fetch(baseUrl+size.path,{method:'POST',headers,body})).json())},
 {name:'post',run:loopAsync(async()=>{const [p]=post((u,...a)=>u(...a),fetch,baseUrl+size.path,'application/json',body,1<<24); await p})},
 {name:'post+ctx',run:loopAsync(async()=>{const c=callersContext(); const [p]=post(c.run,fetch,baseUrl+size.path,'application/json',body,1<<24); await p; await c.end()})},
 {name:'post+ctx+timer',run:loopAsync(async()=>{const c=callersContext(); const [p]=post(c.run,fetch,baseUrl+size.path,'application/json',body,1<<24); const t=setTimeout(()=>{},10000); await p; clearTimeout(t); await c.end()})},
 {name:'aigobo',run:loopAsync(()=>client.getOrderDetail(size.body))},
],{rounds:41,sliceMs:20,warmUpMs:400});
for(const [k,v] of Object.entries(f)) console.log(k.padEnd(20),v.median.toFixed(0),v.least.toFixed(0),(v.median/f.bare.median).toFixed(2),(v.least/f.bare.least).toFixed(2)); server.kill();
