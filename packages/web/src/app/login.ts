/** To where one logs in, and from there back to where one is. */
export function goToLogin(): void {
  location.assign(`/login?returnTo=${encodeURIComponent(location.pathname + location.search)}`);
}
