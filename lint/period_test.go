package lint

import (
	"fmt"
	"testing"
)

func TestPeriodAt(t *testing.T) {
	for text, want := range map[string]string{
		"六个月": "180 9", "30天": "30 5", "半年": "182.5 6", "二十四小时": "1 15", "三年": "1095 6", "15个工作日": "21 14",
		"30 days": "30 7", "two years": "730 9", "12-month": "360 8", "three years": "1095 11", "1 yearly": "0 0", "some days": "0 0", "第三条": "0 0",
	} {
		days, size := periodAt(text, 0)
		if got := fmt.Sprint(days, size); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
