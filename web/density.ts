/** How close rows stand: comfortable, or compact by choice of this browser. */
const CHOSEN = 'allot.density';

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export function chosenDensity(): Density {
  return localStorage.getItem(CHOSEN) === 'compact' ? 'compact' : 'comfortable';
}

export function applyDensity(density: Density = chosenDensity()): void {
  localStorage.setItem(CHOSEN, density);
  document.documentElement.dataset['density'] = density;
}
