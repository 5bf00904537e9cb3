package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
  private static final String SALT = "sixteen letters!";

  private final Pseudonyms pseudonyms = new Pseudonyms(SALT, List.of("user", "guest"));

  /** By Python: hmac.new(b"sixteen letters!", id.encode(), "sha256").hexdigest()[:32]. */
  @Test
  void aPseudonymIsTheFirstHalfOfAnHmac() {
    assertThat(pseudonyms.of("u1")).isEqualTo("3efde83e8379b9db58dc775b92b264a6");
    assertThat(pseudonyms.of("é")).isEqualTo("c9be4eba9d6456d7825929ead0725c33");
    assertThat(pseudonyms.of(null)).isNull();
  }

  @Test
  void anIdOfARequestIsTakenAsAFileSpellsIt() {
    Map<String, Object> request = new HashMap<>(Map.of("user", 5.0, "price", 5.0));
    request.put("guest", null);
    assertThat(pseudonyms.in(request))
        .containsEntry("user", "5aad1cf1f77e4f55155c2501d7192f65")
        .containsEntry("price", 5.0)
        .containsEntry("guest", null);
    assertThat(pseudonyms.in(Map.of("user", 5))).containsEntry("user", pseudonyms.of("5"));
  }

  @Test
  void anotherSaltHasAnotherCheck() {
    assertThat(new Pseudonyms(SALT, List.of("user", "guest")).check())
        .isEqualTo(pseudonyms.check());
    assertThat(new Pseudonyms(SALT + "?", List.of("user", "guest")).check())
        .isNotEqualTo(pseudonyms.check());
  }

  @Test
  void aShortSaltIsRefusedAndNotTold() {
    assertThatThrownBy(() -> new Pseudonyms("secret", List.of("user")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("salt: expected at least 16 characters, found 6");
  }
}
