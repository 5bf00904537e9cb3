package org.mtl4j.data.split;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Discriminator;

/** How rows are split into training, validation and test: the keys of {@code data.split}. */
@Discriminator("by")
public sealed interface SplitRule {
  /** Whether it may give validation rows; without them nothing is fitted after training. */
  boolean givesValidation();

  /** A rule that looks at one source's rows. */
  @Discriminator("by")
  sealed interface ByRow extends SplitRule {
    /**
     * What says for each row what it is for.
     *
     * @throws org.mtl4j.core.error.MtlException if the rows lack the column that the rule names
     */
    SplitAssigner assigner(SplitInput input);
  }

  /**
   * By a hash of the seed and the record's index: the same record falls on the same side whatever
   * {@code where} leaves out.
   *
   * @param validation share of validation, from 0 to below 1
   * @param test share of the test, from 0 to below 1
   */
  @ConfigName("random")
  record Random(@Default("0") double validation, @Default("0") double test) implements ByRow {
    /** Checks the shares. */
    public Random {
      Shares.check(validation, test);
    }

    @Override
    public boolean givesValidation() {
      return validation > 0;
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return new HashSplit(new Shares(validation, test), input.seed());
    }
  }

  /**
   * By the record's index i, which counts from 0 over all files in the order of their names before
   * any filter: {@code i % test == 0} is test; of the rest, {@code i % validation == 1} is
   * validation.
   *
   * @param test a whole number of at least 2; empty: no test
   * @param validation a whole number of at least 2; empty: no validation
   */
  @ConfigName("every")
  record Every(Optional<Integer> test, Optional<Integer> validation) implements ByRow {
    /** Checks the numbers. */
    public Every {
      Shares.checkEvery("test", test);
      Shares.checkEvery("validation", validation);
    }

    @Override
    public boolean givesValidation() {
      return validation.isPresent();
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return (rows, row) -> {
        long i = rows.record(row);
        if (test.isPresent() && i % test.get() == 0) {
          return Split.TEST;
        }
        return validation.isPresent() && i % validation.get() == 1 ? Split.VALIDATION : Split.TRAIN;
      };
    }
  }

  /**
   * By time: the last rows are the test, those before them validation. Times are numbers, or dates
   * or dates with times of ISO 8601 ({@code 2024-03-31}, {@code 2024-03-31T18:30}, with seconds and
   * up to nine digits of their fraction, and {@code Z} or {@code +02:00}; a blank may stand for T).
   * The first row says which, and whether they have offsets; a row of another shape, or an infinite
   * number, is an error. They are compared as instants, cut to the microsecond. Rows of equal times
   * stay together, on the later side. Either shares or times are given. Shares hold the times of
   * all rows, or all different dates, in half of the heap at most. The times given are of the
   * column's shape, or dates: the beginning of a day, in UTC where the column has offsets.
   *
   * @param column where the time stands
   * @param validation share of validation, from 0 to below 1
   * @param test share of the test, from 0 to below 1
   * @param validationFrom validation begins at this time
   * @param testFrom the test begins at this time
   */
  @ConfigName("time")
  record Time(
      String column,
      @Default("0") double validation,
      @Default("0") double test,
      Optional<String> validationFrom,
      Optional<String> testFrom)
      implements ByRow {
    /**
     * Checks the shares, and that not both styles are used.
     *
     * @throws IllegalArgumentException if both or neither are used, or the shares do not fit into 1
     */
    public Time {
      Shares.check(validation, test);
      boolean times = validationFrom.isPresent() || testFrom.isPresent();
      if (times && (validation > 0 || test > 0)) {
        throw new IllegalArgumentException(
            "validation: expected either shares (validation, test) or times (validation_from,"
                + " test_from), found both");
      }
      if (!times && validation == 0 && test == 0) {
        throw new IllegalArgumentException(
            "test: expected a share of validation or test, or validation_from or test_from, found"
                + " none");
      }
    }

    @Override
    public boolean givesValidation() {
      return validation > 0 || validationFrom.isPresent();
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return new TimeFitter(this, input).fit();
    }
  }

  /**
   * By their order, where rows come as they happened: the last records are the test, those before
   * them validation. Shares are of the records of all files, counted before any filter; a pass of
   * its own counts them.
   *
   * @param validation share of validation, from 0 to below 1
   * @param test share of the test, from 0 to below 1
   */
  @ConfigName("order")
  record Order(@Default("0") double validation, @Default("0") double test) implements ByRow {
    /** Checks the shares. */
    public Order {
      Shares.check(validation, test);
    }

    @Override
    public boolean givesValidation() {
      return validation > 0;
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return OrderSplit.of(this, input);
    }
  }

  /**
   * By a hash of the seed and a column's value: rows of one value stay together. A row where it is
   * missing goes by its record's index. Of a union, values are those of their domain, unless they
   * are shared.
   *
   * @param column say, the user's id
   * @param validation share of validation among values, from 0 to below 1
   * @param test share of the test among values, from 0 to below 1
   */
  @ConfigName("group")
  record Group(String column, @Default("0") double validation, @Default("0") double test)
      implements ByRow {
    /** Checks the shares. */
    public Group {
      Shares.check(validation, test);
    }

    @Override
    public boolean givesValidation() {
      return validation > 0;
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      HashSplit hash = new HashSplit(new Shares(validation, test), input.seed());
      return hash.ofGroup(input.ids("column", column));
    }
  }

  /**
   * The last row of each user is the test, the one before it validation, the others training:
   * "leave one out" as sequential recommenders are measured (Kang and McAuley, "Self-attentive
   * sequential recommendation", ICDM 2018). Of equal times the later record is the later row. Users
   * of fewer than three rows, and rows without a user, stay in training. A pass of its own finds
   * these rows, and holds every user in half of the heap at most.
   *
   * @param group the user's column
   * @param time where the time stands, as {@link Time} takes it
   */
  @ConfigName("leave_last_out")
  record LeaveLastOut(String group, String time) implements ByRow {
    @Override
    public boolean givesValidation() {
      return true;
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return new LastRowsFitter(this, input).fit();
    }
  }

  /**
   * As a column says: {@code train}, {@code validation} or {@code test}.
   *
   * @param column where it stands
   */
  @ConfigName("column")
  record Column(String column) implements ByRow {
    @Override
    public boolean givesValidation() {
      return true;
    }

    @Override
    public SplitAssigner assigner(SplitInput input) {
      return new ColumnSplit(column, input.column("column", column));
    }
  }

  /**
   * A file, or several, for each; they stand in place of {@code data.source.path}.
   *
   * @param train files of the training rows, at least one
   * @param validation files of the validation rows; or one number from 0 to below 1, the share of
   *     the training files' rows that is taken by a hash of the record's index; or none
   * @param test files of the test rows, or none
   */
  @ConfigName("files")
  record Files(
      List<String> train, @Default("[]") List<String> validation, @Default("[]") List<String> test)
      implements SplitRule {
    /**
     * Copies the lists and checks that there is something to train on.
     *
     * @throws IllegalArgumentException if there is not, or the share does not fit into 1
     */
    public Files {
      train = List.copyOf(train);
      validation = List.copyOf(validation);
      test = List.copyOf(test);
      if (train.isEmpty()) {
        throw new IllegalArgumentException("train: expected a file, found none");
      }
      Shares.parse(validation).ifPresent(share -> Shares.check(share, 0));
    }

    @Override
    public boolean givesValidation() {
      return !validation.isEmpty() && validationShare().orElse(1) > 0;
    }

    /** The share of the training files' rows that is validation, if it is given as a number. */
    public OptionalDouble validationShare() {
      return Shares.parse(validation);
    }
  }
}
