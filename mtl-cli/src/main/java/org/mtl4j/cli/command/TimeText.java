package org.mtl4j.cli.command;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}; {@code 0}. */
final class TimeText implements ITypeConverter<Duration> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "us", Duration.ofNanos(1000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  @Override
  public Duration convert(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException(
          "expected a time such as 500us, 20ms, 30s, 10m or 1h, found \"" + text + "\"");
    }
    return UNITS.get(time.group(2)).multipliedBy(Long.parseLong(time.group(1)));
  }
}
