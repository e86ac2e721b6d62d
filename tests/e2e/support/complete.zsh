#!/usr/bin/env zsh
# SPDX-License-Identifier: Apache-2.0
#
# complete.zsh TEXT PATTERN: a zsh whose completions are those of the current directory is typed TEXT and a tab at. Ends when
# what it shows has PATTERN.
zmodload zsh/zpty
zpty terminal zsh -f -i
zpty -w terminal 'PS1= fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; echo rea""dy'
zpty -r terminal shown '*ready*'
zpty -w -n terminal "$1"$'\t'
zpty -r terminal shown "*$2*"
