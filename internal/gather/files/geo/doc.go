// Package geo reads the features of maps: GeoJSON (RFC 7946), KML 2.2 (OGC
// 12-007r2, with Google's gx:Track) and GPX 1.1. Coordinates of all three are
// WGS 84 with longitude before latitude, but for GPX, which names them.
//
// Each feature, placemark, waypoint, route and track comes with its name, its
// description, its geometry and whatever else the file states of it, in its
// order. Heights are left out. A geometry that lies outside the world or is no
// geometry is named as a problem, and the feature comes without it: never at
// 0,0. Files are read as streams, one feature at a time.
package geo
