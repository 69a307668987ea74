package main

// work is one of the jobs that are measured.
type work struct {
	key, title string
	config     func(n int) string
	before     func(n int) string // configuration whose state is there before; nil: none
	changes    bool               // it is planned and applied, else planned
	loop       string             // what the loop does
}

const (
	enabled  = "Enabled"
	disabled = "Disabled"
)

func enabledProjects(n int) string { return statuses(n, enabled) }

// works in the order of the table.
var works = []work{
	{key: "refresh", title: "status refresh", config: enabledProjects, before: enabledProjects, loop: loopEnumerate},
	{key: "rights", title: "rights, one each", config: rightsOf, loop: loopRights},
	{key: "matrix", title: "rights matrix", config: matrixOf, loop: loopMatrix},
	{
		key: "changes", title: "status changes", changes: true, before: enabledProjects, loop: loopChange,
		config: func(n int) string { return statuses(n, disabled) },
	},
	{key: "decisions", title: "ticket decisions", changes: true, config: decisionsOf, loop: loopDecide},
}

// find is the work with that key.
func find(key string) work {
	for _, w := range works {
		if w.key == key {
			return w
		}
	}
	panic("no work " + key)
}

var emptyWork = work{key: "empty", title: "empty plan", config: func(int) string { return "" }}
