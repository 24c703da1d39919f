;; Finds the ends of the records of a page, 32 bytes at a time (see record-ends.ts). This is the inner loop of an
;; export. `npx tsx .build/compile-wat.ts` compiles it to record-ends-code.ts.
;;
;; Each step turns 32 bytes into bit masks: bit N stands for byte N. An unescaped quote opens or closes a string. A
;; byte is inside a string when the number of quotes up to it is odd. Brackets outside strings change the depth. In
;; UTF-8, bytes of 0x80 and above are never ASCII characters (RFC 3629), so the text needs no decoding.
;; The module has a single function, because engines do not inline calls and calls would take most of the time.
(module
  ;; The text starts at offset 0: up to 64 KiB, followed by spaces. The ends of records start at $ENDS, as u32.
  (memory (export "memory") 2)
  (global $ENDS i32 (i32.const 0x10080))

  ;; State after the bytes so far. The caller sets $isEscaped, because only the caller knows where in the last step
  ;; the text ends.
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (global $isInString (export "isInString") (mut i32) (i32.const 0))
  (global $isEscaped (export "isEscaped") (mut i32) (i32.const 0))
  ;; At least the greatest depth in the text: the brackets that a step opens count as if it closed none.
  (global $deepest (export "deepest") (mut i32) (i32.const 0))

  ;; Finds ends of records. Stops at the end of the text, after $most ends, or when something other than `,{` follows
  ;; a record. Returns the number of ends. $depth and $isInString then describe the text up to that point.
  (func (export "find") (param $length i32) (param $most i32) (result i32)
    (local $at i32) (local $depth i32) (local $count i32) (local $end i32)
    ;; Carried from step to step: $inString is all ones or zero, $escaped is 1 or 0.
    (local $inString i32) (local $escaped i32)
    (local $bytes v128) (local $bytes2 v128) (local $folded v128) (local $folded2 v128)
    (local $quotes i32) (local $backslashes i32) (local $text i32) (local $open i32) (local $close i32)
    (local $rest i32) (local $lowest i32) (local $deepest i32)

    (local.set $depth (global.get $depth))
    (local.set $inString (i32.sub (i32.const 0) (global.get $isInString)))
    (local.set $escaped (global.get $isEscaped))

    (block $stop
      (loop $step
        (br_if $stop (i32.ge_u (local.get $at) (local.get $length)))
        (local.set $bytes (v128.load (local.get $at)))
        (local.set $bytes2 (v128.load offset=16 (local.get $at)))
        (local.set $quotes
          (i32.or
            (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22))))
            (i32.shl
              (i8x16.bitmask (i8x16.eq (local.get $bytes2) (i8x16.splat (i32.const 0x22))))
              (i32.const 16))))
        (local.set $backslashes
          (i32.or
            (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
            (i32.shl
              (i8x16.bitmask (i8x16.eq (local.get $bytes2) (i8x16.splat (i32.const 0x5c))))
              (i32.const 16))))

        ;; An unescaped backslash escapes the next byte. In a run of backslashes, every second one is escaped. The
        ;; subtraction borrows through a whole run, so the bit after the run shows whether its length is odd.
        (if (i32.or (local.get $backslashes) (local.get $escaped))
          (then
            (local.set $rest
              (i32.and (local.get $backslashes) (i32.xor (local.get $escaped) (i32.const -1))))
            (local.set $rest
              (i32.xor
                (i32.sub
                  (i32.or (i32.shl (local.get $rest) (i32.const 1)) (i32.const 0xaaaaaaaa))
                  (local.get $rest))
                (i32.const 0xaaaaaaaa)))
            (local.set $quotes
              (i32.and
                (local.get $quotes)
                (i32.xor
                  (i32.xor (local.get $rest) (i32.or (local.get $backslashes) (local.get $escaped)))
                  (i32.const -1))))
            (local.set $escaped
              (i32.shr_u (i32.and (local.get $rest) (local.get $backslashes)) (i32.const 31)))))

        ;; Prefix XOR: each bit becomes the parity of the quotes up to its byte.
        (local.set $text (i32.xor (local.get $quotes) (i32.shl (local.get $quotes) (i32.const 1))))
        (local.set $text (i32.xor (local.get $text) (i32.shl (local.get $text) (i32.const 2))))
        (local.set $text (i32.xor (local.get $text) (i32.shl (local.get $text) (i32.const 4))))
        (local.set $text (i32.xor (local.get $text) (i32.shl (local.get $text) (i32.const 8))))
        (local.set $text (i32.xor (local.get $text) (i32.shl (local.get $text) (i32.const 16))))
        (local.set $text (i32.xor (local.get $text) (local.get $inString)))
        (local.set $inString (i32.shr_s (local.get $text) (i32.const 31)))

        ;; `[` and `{`, and `]` and `}`, differ in one bit only, so one comparison finds both.
        (local.set $folded (v128.or (local.get $bytes) (i8x16.splat (i32.const 0x20))))
        (local.set $folded2 (v128.or (local.get $bytes2) (i8x16.splat (i32.const 0x20))))
        (local.set $open
          (i32.and
            (i32.or
              (i8x16.bitmask (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7b))))
              (i32.shl
                (i8x16.bitmask (i8x16.eq (local.get $folded2) (i8x16.splat (i32.const 0x7b))))
                (i32.const 16)))
            (i32.xor (local.get $text) (i32.const -1))))
        (local.set $close
          (i32.and
            (i32.or
              (i8x16.bitmask (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7d))))
              (i32.shl
                (i8x16.bitmask (i8x16.eq (local.get $folded2) (i8x16.splat (i32.const 0x7d))))
                (i32.const 16)))
            (i32.xor (local.get $text) (i32.const -1))))

        (local.set $rest (i32.add (local.get $depth) (i32.popcnt (local.get $open))))
        (if (i32.gt_s (local.get $rest) (local.get $deepest))
          (then (local.set $deepest (local.get $rest))))

        (if
          (i32.gt_s
            (i32.sub (local.get $depth) (i32.popcnt (local.get $close)))
            (i32.const 2)) ;; RECORDS_DEPTH
          (then
            ;; No record can end in these bytes, so only the number of brackets matters.
            (local.set $depth
              (i32.add
                (local.get $depth)
                (i32.sub (i32.popcnt (local.get $open)) (i32.popcnt (local.get $close))))))
          (else
            (local.set $rest (i32.or (local.get $open) (local.get $close)))
            (block $done
              (loop $bracket
                (br_if $done (i32.eqz (local.get $rest)))
                (local.set $lowest (i32.and (local.get $rest) (i32.sub (i32.const 0) (local.get $rest))))
                (local.set $rest (i32.xor (local.get $rest) (local.get $lowest)))
                (if (i32.and (local.get $lowest) (local.get $open))
                  (then
                    (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
                    (br $bracket)))
                (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
                (br_if $bracket (i32.ne (local.get $depth) (i32.const 2))) ;; RECORDS_DEPTH
                (local.set $end
                  (i32.add (i32.add (local.get $at) (i32.ctz (local.get $lowest))) (i32.const 1)))
                (i32.store
                  (i32.add (global.get $ENDS) (i32.shl (local.get $count) (i32.const 2)))
                  (local.get $end))
                (local.set $count (i32.add (local.get $count) (i32.const 1)))
                (br_if $bracket
                  (i32.and
                    (i32.eq (i32.load16_u (local.get $end)) (i32.const 0x7b2c)) ;; `,{`
                    (i32.lt_u (local.get $count) (local.get $most))))
                (local.set $inString (i32.const 0))
                (br $stop)))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br $step)))

    (global.set $depth (local.get $depth))
    (global.set $deepest (local.get $deepest))
    (global.set $isInString (i32.and (local.get $inString) (i32.const 1)))
    (local.get $count)))
