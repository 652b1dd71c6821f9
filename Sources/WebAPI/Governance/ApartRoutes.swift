import Application
import Kernel
import Store
import Web

/// Records that may be of one person, and the answer that they are of two.
enum ApartRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/people/pairs",
            "listLikePairs",
            "Two records each that may be of one person, without their names",
            tag: "Governance",
            .action(.mergePeople),
            answer: .object(.must("items", .list(pair)))
        ) { call in
            let pairs = try await call.goodwork.likePairs(by: call.actor)
            var object = JSONObject()
            object.put("items", pairs.map(\.object))
            return call.json(object)
        },
        .get(
            "/api/v1/people/apart",
            "listPeopleApart",
            "Records that were found to be of two people, withdrawn ones too, the latest first",
            tag: "Governance",
            .action(.tellPeopleApart),
            answer: .object(.must("items", .list(apart)))
        ) { call in
            let found = try await call.goodwork.pairs(.apart, by: call.actor)
            var object = JSONObject()
            object.put("items", found.map(\.object))
            return call.json(object)
        },
        .post(
            "/api/v1/people/apart",
            "tellPeopleApart",
            "Say that two records are of two people: they are offered as a pair no more",
            tag: "Governance",
            .action(.tellPeopleApart),
            body: .object(
                .must("one", .id),
                .must("other", .id),
                .may("reason", .text(0...500, "Kept sealed. Do not name anybody in it."))
            ),
            status: 201,
            says: "They are two people until that is withdrawn.",
            answer: .object(.must("id", .word))
        ) { call in
            let (one, other) = try PeopleRoutes.pair(call)
            let apart = try await call.goodwork.tellApart(
                one,
                other,
                reason: call.body["reason"]?.string,
                by: call.actor,
                seed: call.seed
            )
            var object = JSONObject()
            object.put("id", apart.id)
            return call.json(object, status: 201)
        }
        .mayAnswer(404),
        .post(
            "/api/v1/people/apart/:apart/withdraw",
            "withdrawPeopleApart",
            "Take back that two records are of two people",
            tag: "Governance",
            .action(.tellPeopleApart),
            body: .object(),
            status: 204,
            answer: nil
        ) { call in
            try await call.goodwork.withdrawApart(call.part("apart"), by: call.actor)
            return .done
        },
    ]

    private static let pair = Schema.object(
        .must("one", .id),
        .must("other", .id),
        .must("why", .choice(LikePair.Why.self)),
        .must("one_cases", .list(.word).saying("The references of their cases.")),
        .must("other_cases", .list(.word)),
        .may("parted_on", .date.saying("When they were parted, after they had been joined."))
    )
    private static let apart = Schema.object(
        .must("id", .word),
        .must("one", .id),
        .must("other", .id),
        .must("one_cases", .list(.word).saying("The references of cases of that record alone.")),
        .must("other_cases", .list(.word)),
        .may("reason", .text),
        .must("said_at", .moment),
        .must("said_by", .word),
        .may("withdrawn_at", .moment),
        .may("withdrawn_by", .word)
    )
}

extension LikePair {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("one", one.text)
        object.put("other", other.text)
        object.put("why", why.rawValue)
        object.put("one_cases", oneCases)
        object.put("other_cases", otherCases)
        object.put("parted_on", partedOn)
        return object
    }
}

extension ToldPair {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("id", pair.id)
        object.put("one", pair.one.text)
        object.put("other", pair.other.text)
        object.put("one_cases", oneCases)
        object.put("other_cases", otherCases)
        object.put("reason", pair.reason)
        object.put("said_at", pair.saidAt)
        object.put("said_by", pair.saidBy)
        object.put("withdrawn_at", pair.undone?.at)
        object.put("withdrawn_by", pair.undone?.by)
        return object
    }
}
