import { fork } from 'node:child_process'; import { once } from 'node:events';
const { Client } = await import('/tmp/wt/bench/pkg/node.mjs');
const { CODES, CREDENTIALS, SIZES } = await import('./bodies.js'); 
const server = fork(new URL('./server.js', import.meta.url)); server.send(SIZES.map(({ path, answer }) => [path, answer])); const [port] = await once(server, 'message');
const baseUrl=`http://127.0.0.1:${port}`; const size=SIZES[0]; let t1,t2;
const mk=(f)=>new Client({...CREDENTIALS,...CODES,baseUrl,rateLimit:false,fetch:f});
const client=mk(async(u,i)=>{t1=performance.now(); const r=await fetch(u,i); t2=performance.now(); return r});
const rows=[]; for(let i=0;i<6000;i++){const t0=performance.now(); await client.getOrderDetail(size.body); const t3=performance.now(); if(i>3000) rows.push([t1-t0,t2-t1,t3-t2]);}
for(const k of [0,1,2]) {const s=rows.map(r=>r[k]*1000).sort((a,b)=>a-b); console.log(['before','fetch','after'][k], 'median',s[s.length>>1].toFixed(0),'p10',s[s.length/10|0].toFixed(0));}
const headers={'content-type':'application/json'}; const body=JSON.stringify({a:'x'.repeat(300)}); const rows2=[];
for(let i=0;i<6000;i++){const t0=performance.now(); const r=await fetch(baseUrl+size.path,{method:'POST',headers,body}); const t=performance.now(); await r.json(); const t3=performance.now(); if(i>3000) rows2.push([0,t-t0,t3-t]);}
for(const k of [1,2]) {const s=rows2.map(r=>r[k]*1000).sort((a,b)=>a-b); console.log('bare',['before','fetch','after'][k], 'median',s[s.length>>1].toFixed(0),'p10',s[s.length/10|0].toFixed(0));}
server.kill();
