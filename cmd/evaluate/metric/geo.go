package metric

import (
	"math"
	"slices"
)

// Near is the distance in kilometres (100 miles) within which a place counts as
// the right one (Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing
// evaluation", 2020).
const Near = 161

// Farthest is the distance in kilometres that [AUC] takes for the greatest on
// earth, half its circumference.
const Farthest = 20039

// Kilometres is the great-circle distance of two points given in degrees.
func Kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const degree = math.Pi / 180
	h := math.Pow(math.Sin((lat2-lat1)*degree/2), 2) +
		math.Cos(lat1*degree)*math.Cos(lat2*degree)*math.Pow(math.Sin((lon2-lon1)*degree/2), 2)
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Within is the share of distances that are at most limit.
func Within(distances []float64, limit float64) float64 {
	n := 0
	for _, d := range distances {
		if d <= limit {
			n++
		}
	}
	return share(n, len(distances))
}

// Mean is the mean of values, 0 for none.
func Mean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// AUC is the area under the sorted curve of ln(d+1), by trapezoids, over the
// area that Farthest for every one would give; less is better. It needs two
// distances; of fewer it is 0.
func AUC(distances []float64) float64 {
	if len(distances) < 2 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(distances))
	area, last := 0.0, math.Log(sorted[0]+1)
	for _, d := range sorted[1:] {
		l := math.Log(d + 1)
		area += (last + l) / 2
		last = l
	}
	return area / (math.Log(Farthest) * float64(len(sorted)-1))
}
