package lint

import "testing"

// A determiner denies the verb before it, and not that of the clause behind it.
func TestServiceDeniedByItsDeterminer(t *testing.T) {
	for text, want := range map[string]int{
		"We provide no services to users who do not consent to facial recognition.":                               1,
		"Users who refuse facial recognition are provided no services.":                                           1,
		"We provide no service to anyone who does not enrol a face.":                                              1,
		"We provide all services to users who do not consent to facial recognition.":                              0,
		"We provide no services to minors, and facial recognition is optional for everybody who visits the shop.": 0,
	} {
		n := 0
		for _, f := range linter().Lint(read(t, text), Options{Excerpt: true}) {
			if f.Rule.ID != "service-conditioned-on-face" {
				t.Errorf("%q: %s", text, f.Rule.ID)
			}
			n++
		}
		if n != want {
			t.Errorf("%q: %d findings, want %d", text, n, want)
		}
	}
}
