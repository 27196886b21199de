#!/bin/bash
# Builds the two films, the audio piece and the printed checklist from the texts and drawings here,
# and puts them into the course folders. Needs (Debian): ffmpeg librsvg2-bin fonts-noto-core
#   demo/video/make.sh [before-you-click] [the-first-hour] [one-sentence] [checklist]
# Sources: NAME/narration.txt, one sentence or two a line; NAME/NN.svg, the slides it names.
set -euo pipefail
cd "$(dirname "$0")"
courses=../courses
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
voice=slt                       # of libflite, inside Debian's ffmpeg
gap=0.60                        # silence after each line, seconds
quiet="-hide_banner -loglevel error -nostdin -y"

stamp() { awk -v t="$1" 'BEGIN { ms = int(t * 1000 + 0.5)
  printf "%02d:%02d:%02d.%03d", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000 }'; }
add() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", a + b }'; }
length() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }

# speak FOLDER SLIDES(0|1) VTT: every line to a sound; leaves voice.wav, slides.txt and the captions
speak() {
  local n=0 t=0.3 slide caption spoken len end
  local dir=$work/$1; mkdir -p "$dir"
  printf 'WEBVTT\n' > "$3"
  : > "$dir/sounds.txt"; : > "$dir/slides.txt"
  ffmpeg $quiet -f lavfi -i anullsrc=r=22050:cl=mono -t 0.3 -c:a pcm_s16le "$dir/lead.wav"
  echo "file '$dir/lead.wav'" >> "$dir/sounds.txt"
  while IFS= read -r line; do
    case $line in '#'*|'') continue;; esac
    if [ "$2" = 1 ]; then slide=${line%%|*}; line=${line#*|}; else slide=; fi
    caption=${line%%|*}; spoken=$caption
    case $line in *'|'*) spoken=${line#*|};; esac
    n=$((n + 1))
    printf '%s\n' "$spoken" > "$dir/$n.txt"
    ffmpeg $quiet -f lavfi -i "flite=textfile=$dir/$n.txt:voice=$voice" \
      -af "silenceremove=start_periods=1:start_threshold=-50dB,areverse,silenceremove=start_periods=1:start_threshold=-50dB,areverse,atempo=0.93,apad=pad_dur=$gap" \
      -ar 22050 -ac 1 -c:a pcm_s16le "$dir/$n.wav"
    echo "file '$dir/$n.wav'" >> "$dir/sounds.txt"
    len=$(length "$dir/$n.wav")
    end=$(add "$t" "$len")
    printf '\n%s --> %s\n%s\n' "$(stamp "$t")" "$(stamp "$(add "$end" "-$gap")")" "$caption" >> "$3"
    # the first slide also stands during the lead
    if [ "$n" = 1 ]; then len=$(add "$len" 0.3); fi
    if [ -n "$slide" ]; then
      [ -e "$dir/$slide.png" ] || rsvg-convert -w 640 -h 360 -o "$dir/$slide.png" "$1/$slide.svg"
      printf "file '%s'\nduration %s\n" "$dir/$slide.png" "$len" >> "$dir/slides.txt"
    fi
    t=$end
  done < "$1/narration.txt"
  ffmpeg $quiet -f concat -safe 0 -i "$dir/sounds.txt" -af loudnorm=I=-18:TP=-2 -ar 22050 -c:a pcm_s16le "$dir/voice.wav"
}

# seconds FILE MARKDOWN: the length in whole seconds goes into the front matter
seconds() {
  local s; s=$(length "$1" | awk '{ printf "%d", $1 + 0.5 }')
  sed -i "s/^seconds: .*/seconds: $s/" "$2"
  printf '%s: %s s, %s bytes\n' "$(basename "$1")" "$s" "$(stat -c %s "$1")"
}

film() { # NAME COURSE-MODULE FILE
  local out=$courses/$2/$3
  speak "$1" 1 "$out.en.vtt"
  # concat needs the last picture once more, without which its time is lost
  tail -n 2 "$work/$1/slides.txt" | head -n 1 >> "$work/$1/slides.txt"
  ffmpeg $quiet -f concat -safe 0 -i "$work/$1/slides.txt" -i "$work/$1/voice.wav" \
    -map 0:v -map 1:a -vf fps=12,format=yuv420p -c:v libx264 -profile:v baseline -level 3.0 -preset veryslow \
    -tune stillimage -crf 24 -g 120 -c:a aac -b:a 40k -ac 1 -ar 22050 -t "$(length "$work/$1/voice.wav")" \
    -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart "$out.mp4"
  seconds "$out.mp4" "$out.md"
}

audio() { # NAME COURSE-MODULE FILE
  local out=$courses/$2/$3
  speak "$1" 0 "$out.en.vtt"
  ffmpeg $quiet -i "$work/$1/voice.wav" -c:a libmp3lame -b:a 40k -ac 1 -ar 22050 \
    -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$out.mp3"
  seconds "$out.mp3" "$out.md"
}

want() { [ ${#names[@]} = 0 ] || printf '%s\n' "${names[@]}" | grep -qx "$1"; }
names=("$@")
want before-you-click && film before-you-click file-security/02-screens 03-before-you-click
want the-first-hour && film the-first-hour disaster-response/02-response 01-the-first-hour
want one-sentence && audio one-sentence meetings-that-decide/02-during-and-after 02-one-sentence
if want checklist; then
  SOURCE_DATE_EPOCH=1767225600 rsvg-convert -f pdf -o $courses/disaster-response/02-response/03-checklist.pdf \
    checklist/1.svg checklist/2.svg
  printf '03-checklist.pdf: %s bytes\n' "$(stat -c %s $courses/disaster-response/02-response/03-checklist.pdf)"
fi
