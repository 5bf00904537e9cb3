package org.mtl4j.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Texts, a value each: missing, unknown, frequent ones with a bin of their own, and others. */
final class TextBins implements ValueBins {
  private static final int UNKNOWN = 1;
  private static final int FIRST_TOKEN = 2;

  private final Map<ByteBuffer, Integer> bins = new HashMap<>();
  private final Optional<KnownTexts> known;
  private final int others;

  /**
   * Bins of a profile.
   *
   * @param known the texts of the vocabulary; empty where hashing knows all
   * @param missing texts that are missing besides the empty one
   */
  TextBins(TrainingProfile.Bins profile, Optional<KnownTexts> known, List<String> missing) {
    this.known = known;
    this.others = FIRST_TOKEN + profile.tokens().size();
    for (int i = 0; i < profile.tokens().size(); i++) {
      bins.put(bytes(profile.tokens().get(i)), FIRST_TOKEN + i);
    }
    missing.forEach(text -> bins.put(bytes(text), MISSING)); // Even where it is a token as well.
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Override
  public OptionalInt unknown() {
    return OptionalInt.of(UNKNOWN);
  }

  @Override
  public Optional<Rows> rows(TensorValue tensor) {
    List<byte[]> texts = tensor.strings();
    return tensor.type() == TensorType.STRING && texts.size() == ValueBins.size(tensor)
        ? Optional.of(row -> bin(texts.get(row)))
        : Optional.empty();
  }

  private int bin(byte[] text) {
    if (text.length == 0) {
      return MISSING;
    }
    if (!bins.isEmpty()) {
      Integer own = bins.get(ByteBuffer.wrap(text));
      if (own != null) {
        return own;
      }
    }
    return known.isEmpty() || known.get().contains(text) ? others : UNKNOWN;
  }
}
