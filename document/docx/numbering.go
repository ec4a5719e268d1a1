package docx

import (
	"strconv"
	"strings"
)

// levels is how many a list has (17.9.6).
const levels = 9

// level is a w:lvl.
type level struct {
	given   bool
	start   int
	format  string // w:numFmt
	custom  string // its pattern, where format is "custom": "001, 002, 003, ..."
	text    string // "%1.%2"
	restart int    // w:lvlRestart: 0 never, n after level n; -1 not given
	style   string // the paragraph style that stands for this level
	legal   bool   // w:isLgl: all numbers in decimal
	hidden  bool   // the number is
}

// abstractNum is a w:abstractNum: a list's looks, shared by its instances,
// which also count on from one another.
type abstractNum struct {
	id        string
	levels    [levels]level
	styleLink string // the numbering style that this list defines
	numStyle  string // the numbering style whose list this is in truth
}

// num is a w:num: an instance of a list.
type num struct {
	abstract string
	starts   [levels]int // w:startOverride, -1 where not given
	override *[levels]level
}

// numbering is numbering.xml.
type numbering struct {
	part      string
	abstracts map[string]*abstractNum
	linked    map[string]*abstractNum // by styleLink
	nums      map[int]*num
}

func (r *reader) readNumbering() error {
	r.numbering = numbering{
		abstracts: make(map[string]*abstractNum), linked: make(map[string]*abstractNum), nums: make(map[int]*num),
	}
	name, err := r.related("numbering")
	if err != nil || name == "" {
		return err
	}
	r.numbering.part = name
	s, err := r.scan(name)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	err = s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "abstractNum":
			return r.readAbstract(s, el)
		case "num":
			return r.readNum(s, el)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.finish()
}

func (r *reader) readAbstract(s *scanner, el element) error {
	a := &abstractNum{id: el.w("abstractNumId")}
	err := s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "styleLink":
			a.styleLink = el.w("val")
		case "numStyleLink":
			a.numStyle = el.w("val")
		case "lvl":
			return s.readLevel(el, &a.levels)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.numbering.abstracts[a.id] == nil {
		r.numbering.abstracts[a.id] = a
	}
	if a.styleLink != "" && r.numbering.linked[a.styleLink] == nil {
		r.numbering.linked[a.styleLink] = a
	}
	return r.charge(1400 + a.size())
}

func (a *abstractNum) size() int {
	n := len(a.id) + len(a.styleLink) + len(a.numStyle)
	for _, l := range a.levels {
		n += len(l.format) + len(l.custom) + len(l.text) + len(l.style)
	}
	return n
}

func (r *reader) readNum(s *scanner, el element) error {
	n := &num{}
	for i := range n.starts {
		n.starts[i] = -1
	}
	id := number(el.w("numId"), 0, maxNumber, -1)
	err := s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "abstractNumId":
			n.abstract = el.w("val")
		case "lvlOverride":
			at := number(el.w("ilvl"), 0, levels-1, -1)
			if at < 0 {
				return nil
			}
			return s.children(func(el element) error {
				switch {
				case el.ns == nsWord && el.local == "startOverride":
					n.starts[at] = number(el.w("val"), 0, maxNumber, 0)
				case el.ns == nsWord && el.local == "lvl":
					if n.override == nil {
						n.override = new([levels]level)
					}
					return s.readLevel(el, n.override)
				}
				return nil
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if r.numbering.nums[id] == nil {
		r.numbering.nums[id] = n
	}
	size := 160 + len(n.abstract)
	if n.override != nil {
		size += 1400
	}
	return r.charge(size)
}

func (s *scanner) readLevel(el element, into *[levels]level) error {
	at := number(el.w("ilvl"), 0, levels-1, -1)
	l := level{given: true, format: "decimal", restart: -1}
	err := s.children(func(el element) error {
		if el.ns != nsWord {
			return nil
		}
		switch el.local {
		case "start":
			l.start = number(el.w("val"), 0, maxNumber, 0)
		case "numFmt":
			l.format, l.custom = el.w("val"), el.w("format")
		case "lvlText":
			// Word allows far less. The copy lets go of the rest.
			const longest = 255
			if l.text = el.w("val"); len(l.text) > longest {
				l.text = strings.Clone(strings.ToValidUTF8(l.text[:longest], ""))
			}
		case "lvlRestart":
			l.restart = number(el.w("val"), 0, levels, -1)
		case "pStyle":
			l.style = el.w("val")
		case "isLgl":
			l.legal = el.on()
		case "rPr":
			format, _, _, err := s.runProps()
			l.hidden = format.hidden == on
			return err
		}
		return nil
	})
	if at >= 0 {
		into[at] = l
	}
	return err
}

// abstractOf follows an instance to its list, through numbering styles.
func (r *reader) abstractOf(id int) (*num, *abstractNum) {
	n := r.numbering.nums[id]
	if n == nil {
		return nil, nil
	}
	a := r.numbering.abstracts[n.abstract]
	// A link leads to the definition in one step; more than a few is a loop.
	for hops := 0; a != nil && a.numStyle != "" && hops < 4; hops++ {
		next := r.numbering.linked[a.numStyle]
		if next == nil {
			if st := r.styles.get(a.numStyle); st != nil {
				if to := r.numbering.nums[st.list.num]; to != nil {
					next = r.numbering.abstracts[to.abstract]
				}
			}
		}
		if next == nil {
			break
		}
		a = next
	}
	return n, a
}

// at is the level i of the list as this instance has it.
func (n *num) at(a *abstractNum, i int) *level {
	if n.override != nil && n.override[i].given {
		return &n.override[i]
	}
	return &a.levels[i]
}

func (n *num) start(a *abstractNum, i int) int {
	if n.starts[i] >= 0 {
		return n.starts[i]
	}
	return n.at(a, i).start
}

// counter counts the paragraphs of a list.
type counter struct {
	count   [levels]int
	running [levels]bool
}

// counters are those of one story; Word counts each story by itself.
type counters struct {
	lists map[string]*counter
	// begun tells where an instance with a start of its own has begun to count.
	begun map[numRef]bool
}

func newCounters() *counters {
	return &counters{lists: make(map[string]*counter), begun: make(map[numRef]bool)}
}

// listOf is the list that a paragraph belongs to: its own numPr before that
// of its style; num is 0 where there is none.
func (r *reader) listOf(p *paragraphProps) numRef {
	list, st := p.list, r.styles.ofParagraph(p.style)
	if list.num < 0 && st != nil {
		list.num = st.list.num
		if list.num > 0 && list.level < 0 {
			list.level = r.styleLevel(list.num, st)
		}
	}
	return numRef{max(list.num, 0), max(list.level, 0)}
}

// styleLevel is the level of a list that a paragraph style stands for: the one
// that names the style, else the one that the style names.
func (r *reader) styleLevel(id int, st *style) int {
	n, a := r.abstractOf(id)
	if a != nil {
		for _, name := range st.ids {
			for i := range levels {
				if n.at(a, i).style == name {
					return i
				}
			}
		}
	}
	return st.list.level
}

// label counts a paragraph of a list and gives the number that it shows.
func (r *reader) label(c *counters, list numRef) string {
	if list.num == 0 {
		return ""
	}
	n, a := r.abstractOf(list.num)
	if a == nil {
		r.problem("%s: the list with numId %d is not defined, so its paragraphs have no numbers; number them again in Word", r.listPart(), list.num)
		return ""
	}
	list.level = min(list.level, levels-1)
	k := c.lists[a.id]
	if k == nil {
		k = &counter{}
		c.lists[a.id] = k
	}
	at := list.level
	switch {
	case n.starts[at] >= 0 && !c.begun[list]:
		c.begun[list] = true
		k.count[at] = n.starts[at]
	case !k.running[at]:
		k.count[at] = n.start(a, at)
	default:
		k.count[at]++
	}
	k.running[at] = true
	for i := at + 1; i < levels; i++ {
		if restart := n.at(a, i).restart; restart < 0 || at < restart {
			k.running[i] = false
		}
	}
	l := n.at(a, at)
	if l.hidden {
		return ""
	}
	if l.format == "bullet" {
		return "•"
	}
	return strings.TrimSpace(expand(l.text, func(i int) string {
		from := n.at(a, i)
		if i > at {
			return ""
		}
		count := k.count[i]
		if !k.running[i] {
			count = n.start(a, i) // not used so far: it shows where it will start
		}
		if l.legal {
			return strconv.Itoa(count)
		}
		return r.formatted(from, count)
	}))
}

func (r *reader) listPart() string {
	if r.numbering.part == "" {
		return "word/numbering.xml"
	}
	return r.numbering.part
}

// expand puts numbers in the places %1 to %9 of a level's text.
func expand(text string, number func(i int) string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '%')
		if i < 0 || i+1 >= len(text) {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		if d := text[i+1]; d >= '1' && d <= '9' {
			b.WriteString(number(int(d - '1')))
			text = text[i+2:]
		} else {
			b.WriteByte('%')
			text = text[i+1:]
		}
	}
}

func (r *reader) formatted(l *level, n int) string {
	if l.format == "custom" {
		if s, ok := formatCustom(l.custom, n); ok {
			return s
		}
	} else if f := numberFormats[l.format]; f != nil {
		return f(n)
	}
	r.problem("%s: the number format %s is not known, so its numbers read as 1, 2, 3; compare them with Word", r.listPart(), show(l.format))
	return strconv.Itoa(n)
}
