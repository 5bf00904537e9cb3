package org.mtl4j.core.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.SeparatedText;

/** Reads sets of classes; counts the rows that have a class which is none of the known ones. */
final class SetReader implements LabelReader {
  private final BoundExpression label;
  private final SeparatedText text;
  private final Map<String, Integer> indices = new HashMap<>();
  private final LongAdder unseen;

  SetReader(BoundExpression label, SeparatedText text, List<String> classes, LongAdder unseen) {
    this.label = label;
    this.text = text;
    this.unseen = unseen;
    for (int i = 0; i < classes.size(); i++) {
      indices.put(classes.get(i), i);
    }
  }

  @Override
  public int classes() {
    return indices.size();
  }

  @Override
  public boolean read(RawBatch rows, int row, float[] labels) {
    String set = label.text(rows, row);
    if (set == null) {
      return false;
    }
    boolean known = true;
    for (String value : text.values(set)) {
      Integer index = indices.get(value);
      known &= index != null;
      if (index != null) {
        labels[row * indices.size() + index] = 1;
      }
    }
    if (!known) {
      unseen.increment();
    }
    return true;
  }
}
