/**
 * Parts of somebody else's project, honest ones and broken ones, under the contracts of the
 * testkit. It stands outside of the house, so that it sees what others see and no more.
 */
package com.example.parts;
