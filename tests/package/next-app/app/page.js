export default function Page() {
  return <main>aigobo</main>;
}
