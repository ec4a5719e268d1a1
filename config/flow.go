package config

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// Flow is what a person meets on the way to a consent, in order.
type Flow struct {
	Name  string
	Steps []Step
	At    Place
}

// StepKind says what a [Step] is.
type StepKind string

// The kinds of step, as a configuration writes them.
const (
	FileStep   StepKind = "file"   // a document that can be read there
	TextStep   StepKind = "text"   // words on the screen, such as those of a pop-up
	TickStep   StepKind = "tick"   // a box with its label
	ButtonStep StepKind = "button" // a button with its label
)

// Step is one thing that a person meets.
type Step struct {
	Kind StepKind
	// Text is what is to be read; for a FileStep the path, as valid as the path of the
	// configuration.
	Text string
	// Ticked is set for a box that is ticked before the person does.
	Ticked bool
	At     Place
}

var stepKinds = []string{string(FileStep), string(TextStep), string(TickStep), string(ButtonStep)}

// flows reads what persons meet.
func (p *parser) flows(n *yaml.Node) (out []Flow) {
	if !p.plain(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "flows must be a list, each item with `name` and `steps`, not %s", kindOf(n))
		return nil
	}
	for _, item := range n.Content {
		m := p.mapping(item, "a flow", []string{"name", "steps"})
		f := Flow{At: p.at(item)}
		if v := m.get("name"); v != nil {
			f.Name, _ = p.text(v, "name")
		} else if item.Kind == yaml.MappingNode {
			p.fail(item, "a flow without name; say which with `name: …`")
		}
		steps := m.get("steps")
		switch {
		case item.Kind != yaml.MappingNode:
		case steps == nil:
			p.fail(item, "a flow without steps; say what a person meets with `steps:`")
		case !p.plain(steps):
		case steps.Kind != yaml.SequenceNode || len(steps.Content) == 0:
			p.fail(steps, "steps must be a list of %s", strings.Join(stepKinds, ", "))
		default:
			for _, s := range steps.Content {
				f.Steps = append(f.Steps, p.step(s))
			}
		}
		out = append(out, f)
	}
	return out
}

func (p *parser) step(n *yaml.Node) Step {
	s := Step{At: p.at(n)}
	m := p.mapping(n, "a step", append([]string{"ticked"}, stepKinds...))
	for _, f := range m {
		kind := f.key.Value
		if kind == "ticked" {
			switch v, _ := p.text(f.value, kind); strings.ToLower(v) {
			case "yes", "true", "是":
				s.Ticked = true
			case "", "no", "false", "否":
			default:
				p.fail(f.value, "ticked %q; want yes or no", v)
			}
			continue
		}
		if s.Kind != "" {
			p.fail(f.key, "a step is one of %s; begin another with `-`", strings.Join(stepKinds, ", "))
			continue
		}
		s.Kind = StepKind(kind)
		if s.Kind == TextStep { // it may have lines
			if s.Text = f.value.Value; f.value.Kind != yaml.ScalarNode || strings.TrimSpace(s.Text) == "" {
				p.fail(f.value, "text is empty; give it, or take the step away")
			}
			continue
		}
		s.Text, _ = p.text(f.value, kind)
		if s.Kind == FileStep && s.Text != "" {
			s.Text = p.resolve(f.value)
		}
	}
	if s.Kind == "" && n.Kind == yaml.MappingNode {
		p.fail(n, "a step without %s", strings.Join(stepKinds, ", "))
	}
	if s.Ticked && s.Kind != TickStep {
		p.fail(n, "only a tick can be ticked")
	}
	return s
}
