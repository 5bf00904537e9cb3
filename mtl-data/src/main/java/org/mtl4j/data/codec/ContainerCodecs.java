package org.mtl4j.data.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Optionals, lists, sets and maps, in the order in which they give their elements. */
final class ContainerCodecs {
  private ContainerCodecs() {}

  static Codec<?> of(ParameterizedType type, String way, Codecs known) {
    Type raw = type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    Codec<Object> first = known.of(bound(arguments[0]), way);
    if (raw == Optional.class) {
      return ofOptional(first);
    }
    if (raw == List.class) {
      return ofElements(first);
    }
    if (raw == Set.class) {
      Codec<Collection<Object>> elements = ofElements(first);
      return new LeafCodec<Set<Object>>(
          (set, out) -> elements.write(set, out),
          in -> Collections.unmodifiableSet(new LinkedHashSet<>(elements.read(in))));
    }
    if (raw == Map.class) {
      return ofMap(first, known.of(bound(arguments[1]), way));
    }
    throw new IllegalArgumentException(
        way + ": expected an optional, list, set or map, found " + type.getTypeName());
  }

  /** {@code ? extends T} is T. */
  private static Type bound(Type type) {
    return type instanceof java.lang.reflect.WildcardType wildcard
        ? wildcard.getUpperBounds()[0]
        : type;
  }

  private static Codec<Optional<Object>> ofOptional(Codec<Object> element) {
    return new LeafCodec<>(
        (value, out) -> {
          out.data().writeBoolean(value.isPresent());
          if (value.isPresent()) {
            element.write(value.get(), out);
          }
        },
        in -> in.data().readBoolean() ? Optional.of(element.read(in)) : Optional.empty());
  }

  private static Codec<Collection<Object>> ofElements(Codec<Object> element) {
    return new LeafCodec<>(
        (values, out) -> {
          out.data().writeInt(values.size());
          for (Object value : values) {
            element.write(value, out);
          }
        },
        in -> {
          List<Object> values = new ArrayList<>();
          for (int left = in.length(); left > 0; left--) {
            values.add(element.read(in));
          }
          return Collections.unmodifiableList(values);
        });
  }

  private static Codec<Map<Object, Object>> ofMap(Codec<Object> key, Codec<Object> value) {
    return new LeafCodec<>(
        (map, out) -> {
          out.data().writeInt(map.size());
          for (Map.Entry<Object, Object> entry : map.entrySet()) {
            key.write(entry.getKey(), out);
            value.write(entry.getValue(), out);
          }
        },
        in -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          for (int left = in.length(); left > 0; left--) {
            Object known = key.read(in);
            map.put(known, value.read(in));
          }
          return Collections.unmodifiableMap(map);
        });
  }
}
