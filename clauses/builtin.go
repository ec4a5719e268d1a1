package clauses

// The library that comes with the program is compiled into it: reading its
// files again at each start would take longer than linting a contract.
//
//go:generate go test -tags bootstrap -run TestBuiltinIsCurrent . -update

// Builtin is the library that comes with the program. Callers share it.
func Builtin() (*Library, error) { return builtin() }
