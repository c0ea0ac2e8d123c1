export const STYLE = '';
export function documentationPage(): string { return ''; }
