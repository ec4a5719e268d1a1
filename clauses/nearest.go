package clauses

// Nearest is the known name that name is a slip of the pen for; empty if none is near.
func Nearest(name string, known []string) string {
	const far = 4 // letters
	best, dist := "", far
	for _, k := range known {
		if d := editDistance(name, k, far); d < dist && d < len(name) {
			best, dist = k, d
		}
	}
	return best
}

// nearest is "; did you mean …?" for a slip of the pen, or empty.
func nearest(name string, known []string) string {
	if best := Nearest(name, known); best != "" {
		return "; did you mean " + best + "?"
	}
	return ""
}

// editDistance is how many letters are wrong, missing, too many or swapped with the
// next between two names, or most if it cannot be less.
func editDistance(a, b string, most int) int {
	if len(a)-len(b) >= most || len(b)-len(a) >= most {
		return most
	}
	var before []int // the row before prev
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		cur := make([]int, len(b)+1)
		cur[0] = i + 1
		for j := range len(b) {
			d := prev[j]
			if a[i] != b[j] {
				d = 1 + min(prev[j], prev[j+1], cur[j])
				if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
					d = min(d, 1+before[j-1])
				}
			}
			cur[j+1] = d
		}
		before, prev = prev, cur
	}
	return min(prev[len(b)], most)
}
