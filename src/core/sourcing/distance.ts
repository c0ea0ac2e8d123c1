/**
 * Distance between two places on the globe, by the haversine formula on a sphere of the earth's mean radius
 * (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984): within 0.5 % of the distance on the ellipsoid.
 */

/** Mean radius by the IUGG, in kilometres. */
const EARTH_RADIUS_KM = 6371.0088;

export interface Place {
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Kilometres; null when a coordinate of either place is missing. */
export function kilometresBetween(a: Place, b: Place): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null;
  const north = radians(b.latitude - a.latitude) / 2;
  const east = radians(b.longitude - a.longitude) / 2;
  const half =
    Math.sin(north) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, half)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
