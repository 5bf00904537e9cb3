package org.mtl4j.experiment.slice;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.config.SliceRule;

/** Slices by time, in their order: 8 bytes a row while they are gathered. */
final class TimeSlices implements SliceColumn {
  private static final String NONE = "(no time)";
  private static final int FIRST_CAPACITY = 1024;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final SliceRule.Time rule;
  private final TimeRule reading;
  private final int column;
  private long[] times = new long[0];
  private int size;

  /**
   * None yet.
   *
   * @param column the position of the rule's column
   */
  TimeSlices(SliceRule.Time rule, int column) {
    this.rule = rule;
    this.reading = rule.rule();
    this.column = column;
  }

  @Override
  public boolean asksTraining() {
    return false;
  }

  @Override
  public void observe(RawBatch rows, int row) {
    // Times of training rows are other times.
  }

  @Override
  public void add(RawBatch rows, int row) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.max(FIRST_CAPACITY, Math.addExact(size, size / 2)));
    }
    times[size++] = read(rows, row).orElse(TimeRule.MISSING);
  }

  /** What is no time is found after training: it makes a slice, and ends no run. */
  private OptionalLong read(RawBatch rows, int row) {
    if (rows.values(column) instanceof double[] numbers) {
      return reading.read(numbers[row]);
    }
    String text = rows.text(column, row);
    return text == null ? OptionalLong.empty() : reading.read(text);
  }

  @Override
  public Slicing slicing() {
    return switch (rule.part()) {
      case DAY ->
          parted(time -> local(time).toLocalDate().toEpochDay(), d -> LocalDate.ofEpochDay(d) + "");
      case HOUR -> parted(time -> local(time).getHour(), hour -> "%02d:00".formatted(hour));
      case WEEKDAY ->
          parted(
              time -> local(time).getDayOfWeek().getValue(),
              day -> DayOfWeek.of((int) day).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case QUANTILE -> quantiles();
    };
  }

  private LocalDateTime local(long time) {
    return reading.local(time);
  }

  private LongStream present() {
    return Arrays.stream(times, 0, size).filter(time -> time != TimeRule.MISSING);
  }

  /** What a time belongs to, and what that is called; slices are in the order of the former. */
  private Slicing parted(LongUnaryOperator partOf, LongFunction<String> name) {
    long[] parts = present().map(partOf).distinct().sorted().toArray();
    List<String> names = Arrays.stream(parts).mapToObj(name).toList();
    return slicing(names, time -> Arrays.binarySearch(parts, partOf.applyAsLong(time)));
  }

  /** Rows of equal times stay together, in the later range; a range without rows is none. */
  private Slicing quantiles() {
    long[] sorted = present().sorted().toArray();
    long[] begins =
        IntStream.range(0, rule.ranges())
            .mapToLong(
                r ->
                    sorted.length == 0
                        ? 0
                        : sorted[(int) ((long) r * sorted.length / rule.ranges())])
            .distinct()
            .toArray();
    List<String> names = new ArrayList<>();
    for (int r = 0; sorted.length > 0 && r < begins.length; r++) {
      long last = r + 1 < begins.length ? before(sorted, begins[r + 1]) : sorted[sorted.length - 1];
      names.add(MINUTE.format(local(begins[r])) + " to " + MINUTE.format(local(last)));
    }
    return slicing(
        names,
        time -> {
          int found = Arrays.binarySearch(begins, time);
          return found >= 0 ? found : -found - 2;
        });
  }

  private static long before(long[] sorted, long begin) {
    int at = Arrays.binarySearch(sorted, begin);
    while (at > 0 && sorted[at - 1] == begin) {
      at--;
    }
    return sorted[Math.max(0, at - 1)];
  }

  private Slicing slicing(List<String> names, LongToIntFunction sliceOf) {
    List<String> all = new ArrayList<>(names);
    if (present().count() < size) {
      all.add(NONE);
    }
    int[] ofRow = new int[size];
    Arrays.setAll(
        ofRow,
        row -> times[row] == TimeRule.MISSING ? names.size() : sliceOf.applyAsInt(times[row]));
    return new Slicing(rule.words(), all, ofRow);
  }
}
