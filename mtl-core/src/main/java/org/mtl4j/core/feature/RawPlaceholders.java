package org.mtl4j.core.feature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** Where raw values enter an exported graph: a placeholder [B] an input, by name. */
final class RawPlaceholders {
  private final GraphContext context;
  private final Map<String, Placeholder<TString>> texts = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> numbers = new LinkedHashMap<>();

  private final Map<String, Placeholder<TInt64>> times = new LinkedHashMap<>();

  /** Makes one for each input, called {@code raw} in its scope. */
  RawPlaceholders(GraphContext context, List<RawInput> inputs) {
    this.context = context;
    for (RawInput input : inputs) {
      if (input.type() instanceof RawType.Texts) {
        texts.put(input.name(), make(input, TString.class));
      } else if (input.type() instanceof RawType.Numbers) {
        numbers.put(input.name(), make(input, TFloat32.class));
      } else if (input.type() instanceof RawType.Times) {
        times.put(input.name(), make(input, TInt64.class));
      }
    }
  }

  private <T extends TType> Placeholder<T> make(RawInput input, Class<T> type) {
    return context
        .scope(input.name())
        .tf()
        .withName("raw")
        .placeholder(type, Placeholder.shape(Shape.of(-1)));
  }

  /** A text's, empty for missing. */
  Operand<TString> text(String name) {
    return texts.get(name);
  }

  /** A number's, NaN for missing. */
  Operand<TFloat32> number(String name) {
    return numbers.get(name);
  }

  /** A time's, {@link org.mtl4j.core.schema.TimeRule#MISSING} for missing. */
  Operand<TInt64> time(String name) {
    return times.get(name);
  }

  /** All by name. */
  Map<String, Placeholder<? extends TType>> all() {
    Map<String, Placeholder<? extends TType>> all = new LinkedHashMap<>(texts);
    all.putAll(numbers);
    all.putAll(times);
    return Collections.unmodifiableMap(all);
  }
}
