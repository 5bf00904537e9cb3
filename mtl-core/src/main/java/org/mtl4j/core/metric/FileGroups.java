package org.mtl4j.core.metric;

/**
 * The groups of rows in a file, from 0, in the order of their numbers taken as unsigned, without
 * gaps. Holds 8 to 24 bytes a group.
 */
final class FileGroups {
  /** Numbers a group up to which each has a place and is not searched for. */
  private static final long NUMBERS_A_GROUP = 4;

  private final int[] numbers;
  private final int[] starts;
  private final int[] places;

  /**
   * Those of sorted rows.
   *
   * @param sorted [n] the numbers of the rows' groups, ascending as unsigned
   * @throws org.mtl4j.core.error.MtlException (MEMORY) if they are more than the room holds
   */
  FileGroups(Ints sorted, RowRoom room) {
    int count = 0;
    for (int i = 0; i < sorted.size(); i++) {
      count += i == 0 || sorted.get(i) != sorted.get(i - 1) ? 1 : 0;
    }
    room.checkGroups(count);
    numbers = new int[count];
    starts = new int[count + 1];
    for (int i = 0, group = 0; i < sorted.size(); i++) {
      if (i == 0 || sorted.get(i) != sorted.get(i - 1)) {
        numbers[group] = sorted.get(i);
        starts[group++] = i;
      }
    }
    starts[count] = sorted.size();
    places = places();
  }

  /** Per number its group, where few numbers are of none; empty where many are. */
  private int[] places() {
    long largest = numbers.length == 0 ? 0 : Integer.toUnsignedLong(numbers[numbers.length - 1]);
    if (largest >= Math.min(Integer.MAX_VALUE, NUMBERS_A_GROUP * numbers.length)) {
      return new int[0];
    }
    int[] places = new int[(int) largest + 1];
    for (int group = 0; group < numbers.length; group++) {
      places[numbers[group]] = group;
    }
    return places;
  }

  int count() {
    return numbers.length;
  }

  /** Where a group begins among the sorted rows; of the count their end. */
  int start(int group) {
    return starts[group];
  }

  /** The group of a number. */
  int of(int number) {
    if (places.length > 0) {
      return places[number];
    }
    int low = 0;
    int high = numbers.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(numbers[middle], number) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
