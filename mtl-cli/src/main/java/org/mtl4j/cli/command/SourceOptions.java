package org.mtl4j.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * What is said of a source's keys, said of the options that stand for them where there is no
 * experiment file: {@code data.source.on_bad_row: skip} is {@code --on-bad-row skip}.
 */
final class SourceOptions {
  private static final Pattern KEY = Pattern.compile("data\\.source\\.([a-z_]+)(:?)");
  private static final Pattern KEY_AND_WRONG =
      Pattern.compile("(.*\\.)?(?<key>[a-z_]+): (?<wrong>.+)", Pattern.DOTALL);

  private SourceOptions() {}

  /** The same failure in terms of options. */
  static MtlException inWords(MtlException failure) {
    return new MtlException(
        failure.problems().stream()
            .map(p -> new Problem(p.code(), p.where(), options(p.what()), options(p.remedy())))
            .toList(),
        failure);
  }

  /**
   * The failure of a configuration that options were given for.
   *
   * @param wrong says the key before a colon, as {@code max_bad_rows: expected ...}
   */
  static MtlException ofOption(IllegalArgumentException wrong) {
    Matcher said = KEY_AND_WRONG.matcher(wrong.getMessage());
    if (!said.matches()) {
      throw wrong; // Not said of a key, and so of no option.
    }
    String key = said.group("key");
    String option = key.equals("path") ? "" : "--" + key.replace('_', '-');
    String what = said.group("wrong");
    String sentence = Character.toUpperCase(what.charAt(0)) + what.substring(1) + ".";
    return new MtlException(Problem.of(ErrorCode.USAGE, option, sentence), wrong);
  }

  private static String options(String text) {
    String known =
        text.replace("as in data.source.columns", "as in the first line")
            .replace("name the columns in data.source.columns", "take --no-header")
            .replace("Check data.source.path", "Check the path")
            .replace("data.source.trim: true", "--trim");
    return KEY.matcher(known).replaceAll(key -> "--" + key.group(1).replace('_', '-'));
  }
}
