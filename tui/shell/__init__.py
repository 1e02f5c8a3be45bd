"""The commands for scripts, one file each. stdout carries data only; words go to stderr.

output.py   lines to stdout and stderr, JSON, colour or not
add.py      sheaf add
listing.py  sheaf list, sheaf show
digest.py   sheaf digest; digest_timer.py its --timer
mark.py     sheaf mark
export.py   sheaf export
doctor.py   sheaf doctor, sheaf paths, sheaf keys
"""
