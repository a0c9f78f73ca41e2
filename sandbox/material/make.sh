#!/usr/bin/env bash
# Draws and synthesises the files of this folder; no real person's face or voice is in them.
#   ./make.sh [pictures] [films] [sounds] [demos]    all four unless some are named; the films take about five minutes on two cores
# Needs ffmpeg, ImageMagick (convert), espeak-ng, zip, chromium and the DejaVu fonts.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

browse() { chromium --headless --no-sandbox --hide-scrollbars --default-background-color=00000000 "$@" 2>/dev/null; }
draw() { browse --window-size="$2" --screenshot="$work/$1.png" "file://$PWD/face.html#$3"; }
speak() { espeak-ng -v en-us+f3 -s 145 -w "$work/$1.wav" "$2"; }
seconds() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/$1.wav"; }
encode() { ffmpeg -hide_banner -loglevel error -y "$@"; }
x264=(-c:v libx264 -preset medium -profile:v high -pix_fmt yuv420p -tune animation)
bt709=(-colorspace bt709 -color_primaries bt709 -color_trc bt709)

# film FILE SCALE SECONDS BACK SPEECH CRF: SCALE 1 is 1920x1080. The head sways, the eyes blink, the mouth moves while the
# speech lasts, which begins again every 20 seconds.
film() {
  local s=$2 sway="2*$2*round(3*sin(2*PI*t/9))" nod="2*$2*round(2*sin(2*PI*t/5))"
  local talk="lt(mod(t,20),$(seconds "$5"))*(sin(11*t)+sin(17*t))"
  part() { echo "[$1:v]scale=1920*$s:1080*$s,crop=$2*$s:$3*$s:$4*$s:$5*$s,format=yuva420p,loop=-1:1[$6]"; }
  put() { echo "overlay=x='$1*$s+$sway':y='$2*$s+$nod':enable='$3'"; }
  encode -framerate 25 -i "$work/$4.png" -framerate 25 -i "$work/head.png" -framerate 25 -i "$work/open-narrow.png" \
    -framerate 25 -i "$work/open-wide.png" -framerate 25 -i "$work/lids.png" -i "$work/$5.wav" -filter_complex "
      [0:v]scale=1920*$s:1080*$s:out_color_matrix=bt709,format=yuv420p,loop=-1:1[back];
      $(part 1 520 680 700 80 head); $(part 2 240 112 840 592 narrow); $(part 3 240 112 840 592 wide); $(part 4 288 112 816 392 lids);
      [back][head]$(put 700 80 1)[a]; [a][narrow]$(put 840 592 "gt($talk,0.2)")[b];
      [b][wide]$(put 840 592 "gt($talk,1)")[c]; [c][lids]$(put 816 392 "lt(mod(t,4.2),0.16)")[v];
      [5:a]aresample=24000,apad=whole_dur=20,atrim=0:20,aloop=-1:480000[sound]" \
    -map '[v]' -map '[sound]' -t "$3" -r 25 "${x264[@]}" "${bt709[@]}" -crf "$6" -g 500 -c:a aac -b:a 16k -ac 1 -movflags +faststart "$1"
}

# Drawn once in 4K.
layers() {
  for layer in back head lids open-narrow open-wide; do draw "$layer" 3840,2160 "$layer"; done
  draw back-sign 3840,2160 back,sign
}

pictures() {
  draw photo 1152,1536 back,head
  cp "$work/photo.png" photo.png
  convert photo.png -strip -quality 88 photo.jpg
  convert photo.png -strip -quality 82 photo.webp
  browse --no-pdf-header-footer --print-to-pdf=consent-letter.pdf "file://$PWD/letter.html"

  # What breaks a limit, each in one way.
  convert photo.png -strip -resize 256x "$work/small.png"
  cp "$work/small.png" broken/png-renamed.pdf
  convert "$work/small.png" -colors 64 broken/photo.gif
  echo "This is a text, whatever its name says." > broken/text-renamed.mp4
  : > broken/empty.mp4
}

films() {
  layers
  speak footage "Hello, and welcome. I am a drawn person with a synthetic voice. I speak calmly, I look into the camera, and I \
keep my head almost still. The light is soft, the wall behind me is plain, and nobody else is in the picture."
  speak consent "I agree that a digital likeness of me is made, and that it is used by Example Studio."
  film footage-1080p.mp4 1 125 back footage 34
  film footage-4k.mp4 2 125 back footage 36
  film consent.mp4 1 12 back-sign consent 30
  encode -i footage-1080p.mp4 -c copy footage-1080p.mov

  # What breaks a limit, each in one way.
  encode -i footage-1080p.mp4 -t 20 -c copy -movflags +faststart broken/footage-20s.mp4
  encode -i footage-1080p.mp4 -vf scale=1280:720 "${x264[@]}" -crf 40 -c:a copy -movflags +faststart broken/footage-720p.mp4
  encode -i footage-1080p.mp4 -vf fps=15 "${x264[@]}" -crf 40 -c:a copy -movflags +faststart broken/footage-15fps.mp4
}

# Sound, 16 bit, one channel. Half a second of room before and after the words, as of somebody who presses a button: hiss at -66 dB.
room="anoisesrc=color=pink:amplitude=0.0005:sample_rate=48000:seed=7"
# record FILE SPEECH SECONDS FILTER OPTION…: the options say rate, codec and bit rate.
record() {
  encode -i "$work/$2.wav" -f lavfi -i "$room" -filter_complex \
    "[0:a]aresample=48000,volume=-4dB,adelay=500,apad[voice];[voice][1:a]amix=normalize=0:duration=first,atrim=0:$3$4" \
    -fflags +bitexact -flags:a +bitexact -map_metadata -1 -ac 1 "${@:5}" "$1"
}
# pack FILE FOLDER OPTION…: the wavs of a folder as a zip.
pack() {
  local to
  to=$(realpath "$1")
  rm -f "$to"
  (cd "$work/$2" && touch -d 2024-01-01T00:00Z ./* && TZ=UTC zip -qX9 "${@:3}" "$to" ./*)
}

sounds() {
  # The first English text that the sandbox's gateway hands out; the story is its beginning.
  local story="Every morning the harbour wakes before the town does. The first boats come in with their lamps still lit"
  local rest="the gulls begin to quarrel over the nets, and someone in the bakery on the corner props the door open"
  speak reading "$story, $rest."
  speak story "$story."
  speak misread "I have forgotten what I was supposed to say, so let me tell you about my bicycle instead. It is red, and it has a bell."
  local pcm=(-c:a pcm_s16le -ar 16000)
  record recording.wav reading 15 "" "${pcm[@]}"
  record recording.mp3 reading 15 "" -c:a libmp3lame -ar 44100 -b:a 128k
  record recording.m4a reading 15 "" -c:a aac -ar 44100 -b:a 128k -movflags +faststart

  mkdir -p "$work/package" "$work/one"
  local n=0 sentence
  for sentence in "The quick brown fox jumps over the lazy dog." "She sells sea shells by the sea shore." "Please call me back when you have a moment." \
    "Nine of the twelve lamps were broken." "Would you mind closing the window?"; do
    n=$((n + 1))
    speak "sentence$n" "$sentence"
    record "$work/package/0$n.wav" "sentence$n" 4 "" "${pcm[@]}"
  done
  pack voice-package.zip package

  # What the vendor finds fault with, and what breaks a limit.
  record broken/recording-clipped.wav story 11 ",volume=24dB" "${pcm[@]}"
  record broken/recording-noisy.wav story 11 "[dry];anoisesrc=color=brown:amplitude=0.4:seed=3:sample_rate=48000[roar];[dry][roar]amix=normalize=0:duration=first" "${pcm[@]}"
  record broken/recording-misread.wav misread 11 "" "${pcm[@]}"
  record broken/recording-3s.wav story 3 "" "${pcm[@]}"
  record broken/recording-8khz.wav story 11 "" -c:a pcm_s16le -ar 8000
  record broken/recording-64kbps.mp3 story 11 "" -c:a libmp3lame -ar 44100 -b:a 64k
  cp "$work/package/01.wav" "$work/one/"
  pack broken/package-encrypted.zip one -P secret
  mkdir -p "$work/nested" "$work/texted" "$work/bomb"
  cp "$work/package/01.wav" "$work/nested/" && pack "$work/nested/more.zip" one
  pack broken/package-nested.zip nested
  cp "$work/package/01.wav" "$work/texted/" && echo "01.wav: the quick brown fox" > "$work/texted/transcript.txt"
  pack broken/package-with-text.zip texted
  encode -f lavfi -i anullsrc=r=16000:cl=mono -t 900 "${pcm[@]}" "$work/bomb/silence.wav"
  pack broken/package-bomb.zip bomb
}

# What the sandbox's gateway shows for decision: a film and a sound for each of the first rounds, and one for all that follow.
demos() {
  layers
  local n words shown
  for n in 1 2 3 more; do
    [[ $n == more ]] && words="one more demo" || words="demo $n"
    shown=${words^}
    draw "back-$n" 3840,2160 "back,caption=${shown// /%20}"
    speak "demo-$n" "Hello, I am your new avatar. This is $words."
    speak "voice-$n" "Hello, this is your new voice. It is $words."
    film "$work/demo-$n.mp4" 1 4 "back-$n" "demo-$n" 20
    encode -i "$work/demo-$n.mp4" -vf scale=640:360 "${x264[@]}" "${bt709[@]}" -crf 30 -c:a copy -movflags +faststart "demo-$n.mp4"
    encode -i "$work/voice-$n.wav" -fflags +bitexact -map_metadata -1 -ac 1 -c:a libmp3lame -ar 22050 -b:a 32k "demo-$n.mp3"
  done
}

parts=("$@")
[[ $# -gt 0 ]] || parts=(pictures films sounds demos)
for part in "${parts[@]}"; do "$part"; done
