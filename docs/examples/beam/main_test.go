package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/passert"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
)

func init() { register.Function2x0(keepSaid) }

// keepSaid drops the counts of rules about what a document lacks.
func keepSaid(count string, emit func(string)) {
	if !strings.HasPrefix(count, "missing-") {
		emit(count)
	}
}

func TestMain(m *testing.M) { ptest.Main(m) }

// TestCountFindings builds clauselint and runs the pipeline on Beam's local runner.
func TestCountFindings(t *testing.T) {
	program := filepath.Join(t.TempDir(), "clauselint")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-tags", "ne", "-o", program, "./cmd/clauselint")
	build.Dir = "../../.."
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		t.Fatal(err)
	}
	const (
		grant = `"text": "您授权我们永久使用您的人脸图像，且该授权不可撤销，我们可将其转授权给任何第三方。"`
		clean = `"text": "您可以随时撤回同意，我们随后删除您的人脸图像。"`
	)
	pipeline, scope := beam.NewPipelineWithRoot()
	documents := beam.Create(scope,
		`{"id": "1", `+grant+`}`, `{"id": "2", `+clean+`}`, `{"id": "3", `+grant+`}`, `{"id": "4"}`, `not JSON`, "")
	counts := beam.ParDo(scope, formatCount, countFindings(scope, program, documents))
	// What the document lacks is found, too; these are what its words say.
	said := beam.ParDo(scope, keepSaid, counts)
	passert.Equals(scope, said, "art11-full-grant\t2", "(no verdict)\t2")
	ptest.RunAndValidate(t, pipeline)
}
