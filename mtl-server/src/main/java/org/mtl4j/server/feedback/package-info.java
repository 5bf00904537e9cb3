/** Feedback as requests bring it: what was shown, and what came of it. */
package org.mtl4j.server.feedback;
