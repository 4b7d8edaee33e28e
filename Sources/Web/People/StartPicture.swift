internal import HTML

/// Our own drawing on the first page: somebody old and somebody young look at a telephone together.
enum StartPicture {
    // One line of path data a person; broken nowhere, because a break would be drawn.
    static let html: HTML = """
        <svg class="art" viewBox="0 0 480 330" role="img" aria-labelledby="art">
          <title id="art">年配の人と若い人が、いっしょにスマートフォンの画面を見ている絵</title>
          <path d="M28 330C10 210 70 60 210 44s250 60 244 286z" fill="#c5d7fb"/>
          <circle cx="398" cy="62" r="16" fill="#ffd43d"/>
          <circle cx="66" cy="104" r="9" fill="#51b883"/>
          <circle cx="438" cy="134" r="6" fill="#0017c1"/>
          <path d="M62 330c0-78 36-124 92-124s84 40 88 124z" fill="#259d63"/>
          <path d="M128 200h46v20a23 16 0 0 1-46 0z" fill="#ffc7a6"/>
          <circle cx="151" cy="158" r="49" fill="#ffdfca"/>
          <path d="M100 160c-8-52 22-76 54-75 36 1 58 30 48 77-8-26-24-38-40-42-18 16-42 22-62 40z"
              fill="#e6e6e6"/><circle cx="146" cy="84" r="20" fill="#e6e6e6"/>
          <g fill="none" stroke="#333" stroke-width="3">
            <circle cx="144" cy="164" r="13"/><circle cx="178" cy="164" r="13"/>
            <path d="M157 163h8"/>
          </g>
          <path d="M150 187c6 6 15 6 21 0" fill="none" stroke="#ac3e00" stroke-width="3.5"
              stroke-linecap="round"/>
          <path d="M248 330c2-92 40-132 92-132s92 44 94 132z" fill="#0017c1"/>
          <path d="M314 190h46v22a23 16 0 0 1-46 0z" fill="#f3b58f"/>
          <circle cx="336" cy="148" r="48" fill="#ffd2b3"/>
          <path d="M288 152c-10-58 22-78 54-76 38 2 58 36 44 92-4-22-8-38-22-52-24 8-56 6-76 36z"
              fill="#333"/><circle cx="318" cy="156" r="4.5" fill="#333"/>
          <circle cx="346" cy="156" r="4.5" fill="#333"/>
          <path d="M320 174c7 8 18 8 25 0" fill="none" stroke="#ac3e00" stroke-width="3.5"
              stroke-linecap="round"/>
          <rect x="206" y="196" width="84" height="134" rx="14" fill="#1a1a1a"/>
          <rect x="213" y="208" width="70" height="122" rx="6" fill="#fff"/>
          <rect x="222" y="218" width="52" height="34" rx="6" fill="#e8f1fe"/>
          <path d="M238 235l8 8 14-15" fill="none" stroke="#0017c1" stroke-width="5"
              stroke-linecap="round" stroke-linejoin="round"/>
          <path d="M224 266h48M224 280h34M224 294h42" stroke="#9db7f9" stroke-width="6"
              stroke-linecap="round"/>
          <path d="M186 322c4-22 14-34 30-36" fill="none" stroke="#ffdfca" stroke-width="20"
              stroke-linecap="round"/>
          <path d="M312 316c-6-18-16-28-30-32" fill="none" stroke="#ffd2b3" stroke-width="20"
              stroke-linecap="round"/>
        </svg>
        """
}
