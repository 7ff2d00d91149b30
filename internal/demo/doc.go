// Package demo is a small world for the centre to gather from: invented
// outlets that report, in Arabic, Persian, Russian and English, on public
// events of September and October 2015 around the founding of the information
// centre in Baghdad, and invented watch desks of its four members.
//
// The scenario is data: one YAML file an outlet in the folder scenario, read
// by Load. The texts were written for this project from publicly known facts;
// outlets, watch desks, their reports and all persons with accounts are
// invented. Watch reports speak of aid, roads, health and air safety, never of
// targets.
//
// Start serves every outlet from a web server of its own on loopback, as real
// RSS, Atom, JSON Feed and HTML, so that the centre's own connectors fetch it
// as they fetch anything else: conditional requests, odd charsets, missing
// dates and missing guids included. What an outlet shows depends on how long
// ago the scenario began: all of it, later versions included, appears within
// Length. After that nothing happens any more: the demo does not pretend that
// 2015 goes on. Dates of publication are those of 2015.
//
// Items say what they truly are: copy_of, translation_of and disputes are the
// ground truth that a test or a guide can hold the program's findings against.
// They are never served.
package demo
