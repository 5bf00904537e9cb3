package org.mtl4j.core.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of keys in messages. */
public final class KeyNames {
  private KeyNames() {}

  /**
   * A text that names keys elsewhere than they stand, with their own names: {@code
   * data.source.path} is {@code data.source.sources.us.path} where a source is one of several.
   *
   * @param from the key in the text, with whatever key below it
   * @param to its own name
   */
  public static String moved(String text, String from, String to) {
    return Pattern.compile("(?<![\\w./\\\\])" + Pattern.quote(from) + "(?!\\w)")
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(to));
  }
}
