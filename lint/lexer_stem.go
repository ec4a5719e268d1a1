package lint

import "strings"

// spelling makes British and American forms one: authorise is authorize,
// licence is license.
func spelling(w string) string {
	if len(w) < 6 {
		return w
	}
	w = strings.Replace(w, "licenc", "licens", 1)
	for _, s := range [...]string{"isation", "ising", "ised", "ises", "ise", "isable"} {
		if strings.HasSuffix(w, s) && len(w) > len(s)+3 && w[len(w)-len(s)-1] != 'a' && !strings.HasSuffix(w, "promise") && !strings.HasSuffix(w, "exercise") {
			return w[:len(w)-len(s)] + "iz" + s[2:]
		}
	}
	if strings.HasSuffix(w, "authoris") || strings.HasSuffix(w, "recognis") || strings.HasSuffix(w, "utilis") || strings.HasSuffix(w, "commercialis") || strings.HasSuffix(w, "anonymis") {
		return w[:len(w)-1] + "z"
	}
	return w
}

// irregular is the stem of an English word that the stemmer's rules would miss
// or confuse, or "".
func irregular(w string) string {
	switch w {
	case "given", "gave":
		return "give"
	case "withdrawn", "withdrew":
		return "withdraw"
	case "kept":
		return "keep"
	case "sold":
		return "sell"
	case "taken", "took":
		return "take"
	case "held":
		return "hold"
	case "made":
		return "make"
	case "shown":
		return "show"
	case "said":
		return "said"
	case "us":
		return "us"
	case "used", "uses", "using", "use":
		return "use"
	case "is":
		return "is"
	case "its":
		return "its"
	case "this":
		return "this"
	case "does":
		return "does"
	case "was":
		return "was"
	case "has":
		return "has"
	case "closed", "closing", "closes":
		return "close"
	case "lost":
		return "lost"
	case "loses", "losing":
		return "lose"
	case "chosen", "chose":
		return "choose"
	case "written":
		return "write"
	case "known":
		return "know"
	case "needed":
		return "need"
	case "during":
		return "during"
	}
	return ""
}

// stem strips the inflection of an English word, so that grants, granted and
// granting are one. Derivation (revocation, revocable) is left to the * of the
// lexicon, where a lawyer can see it.
func stem(w string) string {
	w = spelling(w)
	if s := irregular(w); s != "" {
		return s
	}
	if len(w) < 4 {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		w = undouble(w[:len(w)-2])
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		w = undouble(w[:len(w)-3])
	}
	// license, licensed and licensing meet without their e.
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

// undouble undoes the doubling of cancelled and permitting.
func undouble(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdglmnprt", w[n-1]) >= 0 {
		return w[:n-1]
	}
	return w
}
