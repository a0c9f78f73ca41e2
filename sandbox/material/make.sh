#!/usr/bin/env bash
# Draws and synthesises the files of this folder; no real person's face or voice is in them.
# Needs ffmpeg, ImageMagick (convert), espeak-ng, chromium and the DejaVu fonts. About five minutes on two cores.
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

# The layers, drawn once in 4K; the pictures.
for layer in back head lids open-narrow open-wide; do draw "$layer" 3840,2160 "$layer"; done
draw back-sign 3840,2160 back,sign
draw photo 1152,1536 back,head
cp "$work/photo.png" photo.png
convert photo.png -strip -quality 88 photo.jpg
convert photo.png -strip -quality 82 photo.webp
browse --no-pdf-header-footer --print-to-pdf=consent-letter.pdf "file://$PWD/letter.html"

# The films.
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
convert photo.png -strip -resize 256x "$work/small.png"
cp "$work/small.png" broken/png-renamed.pdf
convert "$work/small.png" -colors 64 broken/photo.gif
echo "This is a text, whatever its name says." > broken/text-renamed.mp4
: > broken/empty.mp4
