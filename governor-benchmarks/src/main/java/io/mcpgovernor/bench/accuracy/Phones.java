package io.mcpgovernor.bench.accuracy;

import java.util.List;

/** Phone numbers as people of many countries write them; patterns as {@link Dice} fills them. */
final class Phones {
  private static final List<String> AMERICAN =
      List.of(
          "(NNN) NNN-####",
          "(NNN) 555-01##",
          "(NNN)NNN-####",
          "NNN-NNN-####",
          "555-N##-####",
          "NNN.NNN.####",
          "NNN NNN ####",
          "+1 NNN-NNN-####",
          "+1 (NNN) NNN-####",
          "+1NNNNNN####",
          "1-800-NNN-####",
          "1 (NNN) NNN-####",
          "+1.NNN.NNN.####");

  private static final List<String> WITH_COUNTRY =
      List.of(
          "+44 20 7### ####",
          "+44 7N## ######",
          "+44 (0)20 7### ####",
          "+447N########",
          "+49 30 N#######",
          "+49 151 ########",
          "+49-89-N######",
          "0049 171 N######",
          "+33 6 ## ## ## ##",
          "+33 1 4# ## ## ##",
          "+336########",
          "+39 06 N### ####",
          "+39 347 N######",
          "+34 6## ### ###",
          "+351 91# ### ###",
          "+31 6 N#######",
          "+32 47# ## ## ##",
          "+41 79 ### ## ##",
          "+43 664 N######",
          "+48 6## ### ###",
          "+420 60# ### ###",
          "+36 20 ### ####",
          "+40 72# ### ###",
          "+30 69# ### ####",
          "+46 70-### ## ##",
          "+47 4## ## ###",
          "+45 N# ## ## ##",
          "+358 40 ### ####",
          "+353 87 ### ####",
          "+7 (9##) ###-##-##",
          "+380 67 ### ## ##",
          "+90 53# ### ## ##",
          "+972 54-###-####",
          "+971 50 ### ####",
          "+966 55 ### ####",
          "+91 98### #####",
          "+91-9#########",
          "+86 138 #### ####",
          "+81 90-####-####",
          "+82 10-####-####",
          "+852 9### ####",
          "+65 8### ####",
          "+60 12-### ####",
          "+66 81 ### ####",
          "+84 91 ### ## ##",
          "+62 812-####-####",
          "+63 917 ### ####",
          "+61 4## ### ###",
          "+61 2 9### ####",
          "+64 21 ### ####",
          "+55 11 9####-####",
          "+52 55 N### ####",
          "+54 9 11 N###-####",
          "+56 9 N### ####",
          "+57 310 ### ####",
          "+27 82 ### ####",
          "+234 803 ### ####",
          "+254 722 ######",
          "+20 100 ### ####");

  private static final List<String> NATIONAL =
      List.of(
          "020 7### ####",
          "07N## ######",
          "0121 ### ####",
          "030 N#######",
          "0151 ########",
          "089/N######",
          "0221-N######",
          "06 ## ## ## ##",
          "01.4#.##.##.##",
          "06 N### ####",
          "347 N######",
          "6## ### ###",
          "91# ### ###",
          "06-N#######",
          "047# ## ## ##",
          "079 ### ## ##",
          "0664 N######",
          "6##-###-###",
          "070-### ## ##",
          "4## ## ###",
          "N# ## ## ##",
          "040 ### ####",
          "(01) ### ####",
          "8 (9##) ###-##-##",
          "053# ### ## ##",
          "054-###-####",
          "098### #####",
          "138 #### ####",
          "090-####-####",
          "03-####-####",
          "010-####-####",
          "9### ####",
          "04## ### ###",
          "(02) 9### ####",
          "021 ### ####",
          "(11) 9####-####",
          "55 N### ####",
          "082 ### ####",
          "N##-####");

  private Phones() {}

  /** One whose form says what it is. */
  static String telling(Dice dice) {
    String number = dice.pattern(dice.of(dice.oneIn(2) ? AMERICAN : WITH_COUNTRY));
    return dice.oneIn(8) ? number + extension(dice) : number;
  }

  /** One that needs the words around it, or a key that says so. */
  static String any(Dice dice) {
    return dice.oneIn(3) ? dice.pattern(dice.of(NATIONAL)) : telling(dice);
  }

  /** Ten digits and no more. */
  static String bare(Dice dice) {
    return dice.pattern("NNNNNN####");
  }

  private static String extension(Dice dice) {
    return dice.of(" x", " ext. ", " ext ", ", extension ") + dice.between(100, 9_999);
  }
}
